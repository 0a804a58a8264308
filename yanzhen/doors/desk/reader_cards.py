"""What a desk does with a reader's card and blocks; printing cards."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from yanzhen.doors.desk.places import desk_node
from yanzhen.doors.desk.reader_forms import BlockForm, CardForm, CertificateForm, DeskForm
from yanzhen.doors.desk.readers import address, file_opened
from yanzhen.doors.gate import Request, staff
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.circulation.queries import open_loans_of
from yanzhen.library.patrons import blocking, certifying, issuing, replacing
from yanzhen.library.patrons.card_face import barcode_svg, qr_svg
from yanzhen.library.patrons.models import Block, ReaderCard
from yanzhen.library.patrons.queries import cards_issued
from yanzhen.network.models import Node
from yanzhen.people.models import Person
from yanzhen.people.queries import Reason, open_person_file
from yanzhen.people.roles import BLOCK_READERS, REGISTER_READERS, Actor


@staff(REGISTER_READERS)
@require_POST
def issue(request: Request, code: str, person_id: int) -> HttpResponse:
    """A first card, or a new one after the last was handed back."""
    node, person = _desk_and_person(request, code, person_id, REGISTER_READERS)
    form = CardForm(request.POST)
    if not form.is_valid():
        return _back(request, node, person, form)
    told = form.cleaned_data

    def act(*, node: Node, by: Actor, at: dt.datetime) -> str:
        card = issuing.issue_card(
            person,
            told["category"],
            node,
            district=settings.YANZHEN_DISTRICT,
            number=told["number"] or None,
            by=by,
            at=at,
        )
        return _("读者证办好了：%(number)s。") % {"number": card.number}

    return _do(request, node, person, act)


@staff(REGISTER_READERS)
@require_POST
def report_lost(request: Request, code: str, person_id: int, card_id: int) -> HttpResponse:
    said = _("已经挂失，这张证从现在起借不了书。")
    return _change(request, code, person_id, card_id, replacing.report_lost, said)


@staff(REGISTER_READERS)
@require_POST
def withdraw_loss_report(request: Request, code: str, person_id: int, card_id: int) -> HttpResponse:
    said = _("挂失已经解除，这张证又能用了。")
    return _change(request, code, person_id, card_id, replacing.withdraw_loss_report, said)


@staff(REGISTER_READERS)
@require_POST
def replace(request: Request, code: str, person_id: int, card_id: int) -> HttpResponse:
    number = request.POST.get("number", "").strip()[:30] or None
    act = partial(replacing.replace_card, district=settings.YANZHEN_DISTRICT, number=number)
    said = _("新证办好了，号码在下面。旧证作废，手上的书照旧。")
    return _change(request, code, person_id, card_id, act, said)


@staff(REGISTER_READERS)
@require_POST
def cancel(request: Request, code: str, person_id: int, card_id: int) -> HttpResponse:
    act = partial(replacing.cancel_card, count_open_loans=lambda of: open_loans_of(of).count())
    return _change(request, code, person_id, card_id, act, _("读者证已经退了。"))


@staff(REGISTER_READERS)
@never_cache
@require_POST
def password(request: Request, code: str, person_id: int, card_id: int) -> HttpResponse:
    """A new password, read out or written down for the reader; it is shown this once."""
    node, person = _desk_and_person(request, code, person_id, REGISTER_READERS)
    card = get_object_or_404(person.cards.active(), pk=card_id)
    reason = request.POST.get("opened_for", "")
    open_person_file(person, by=request.actor, at=clock.now(), reason=reason)
    given = issuing.give_password(card, node=node, by=request.actor, at=clock.now())
    context = {
        "node": node,
        "desk_readers": True,
        "person": person,
        "card": card,
        "password": given,
        "back": address(node, person.pk, reason),
    }
    return render(request, "desk/readers/password.html", context)


@staff(REGISTER_READERS)
@require_POST
def show_certificate(request: Request, code: str, person_id: int) -> HttpResponse:
    """A 残疾人证 was shown: the reader borrows by the rules for disabled readers."""
    node, person = _desk_and_person(request, code, person_id, REGISTER_READERS)
    form = CertificateForm(request.POST)
    if not form.is_valid():
        return _back(request, node, person, form)

    def act(**common: Any) -> str:
        certifying.show_certificate(person, **form.cleaned_data, **common)
        return _("残疾人证登记好了，从现在起按残障读者的规则借。号码本身没有留下。")

    return _do(request, node, person, act)


@staff(REGISTER_READERS)
@require_POST
def withdraw_certificate(request: Request, code: str, person_id: int) -> HttpResponse:
    node, person = _desk_and_person(request, code, person_id, REGISTER_READERS)

    def act(**common: Any) -> str:
        certifying.withdraw_certificate(person, **common)
        return _("残疾人证的登记取消了，读者类型改回按年龄。")

    return _do(request, node, person, act)


@staff(BLOCK_READERS)
@require_POST
def block(request: Request, code: str, person_id: int) -> HttpResponse:
    node, person = _desk_and_person(request, code, person_id, BLOCK_READERS)
    form = BlockForm(request.POST)
    if not form.is_valid():
        return _back(request, node, person, form)

    def act(**common: Any) -> str:
        blocking.place_block(person, **form.cleaned_data, **common)
        return _("已经停借；还书照常收。")

    return _do(request, node, person, act)


@staff(BLOCK_READERS)
@require_POST
def lift(request: Request, code: str, person_id: int, block_id: int) -> HttpResponse:
    node, person = _desk_and_person(request, code, person_id, BLOCK_READERS)
    standing = get_object_or_404(Block, pk=block_id, person=person)

    def act(**common: Any) -> str:
        blocking.lift_block(standing, **common)
        return _("停借已经解除，可以借书了。")

    return _do(request, node, person, act)


@staff(REGISTER_READERS)
@require_safe
def print_card(request: Request, code: str, person_id: int, card_id: int) -> HttpResponse:
    """One card at the size of a bank card, 85.6 x 54 mm; it is read like the file it belongs to."""
    node, person = _desk_and_person(request, code, person_id, REGISTER_READERS)
    card = get_object_or_404(person.cards.select_related("person", "home_node"), pk=card_id)
    asked = file_opened(request, node, person)
    return asked or _printed(request, node, [card], sheet=False)


@staff(REGISTER_READERS)
@require_safe
def print_sheet(request: Request, code: str) -> HttpResponse:
    """The cards this branch issued on a day (`?day=`, today if none), ten to an A4 sheet.

    Every name on it was read for the same reason, its card: that is written down for each.
    """
    node = desk_node(code, request.actor, REGISTER_READERS)
    try:
        day = dt.date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        day = clock.today()
    cards = list(cards_issued(node, day))
    for card in cards:
        open_person_file(card.person, by=request.actor, at=clock.now(), reason=Reason.CARD)
    return _printed(request, node, cards, sheet=True, day=day)


def _printed(request: Request, node: Node, cards: list[ReaderCard], **more: object) -> HttpResponse:
    faces = [
        (card, _drawing(barcode_svg(card.number)), _drawing(qr_svg(card.number))) for card in cards
    ]
    context = {"node": node, "desk_readers": True, "faces": faces, **more}
    return render(request, "desk/readers/cards.html", context)


def _drawing(svg: str) -> SafeString:
    return mark_safe(svg)  # noqa: S308 - drawn by ourselves from fourteen digits


def _desk_and_person(
    request: Request, code: str, person_id: int, capability: str
) -> tuple[Node, Person]:
    return desk_node(code, request.actor, capability), get_object_or_404(Person, pk=person_id)


def _change(
    request: Request, code: str, person_id: int, card_id: int, act: Callable, said: str
) -> HttpResponse:
    """Change one card of a reader; `act` takes the card and node=, by=, at=."""
    node, person = _desk_and_person(request, code, person_id, REGISTER_READERS)
    card = get_object_or_404(person.cards, pk=card_id)

    def changed(**common: Any) -> str:
        act(card, **common)
        return said

    return _do(request, node, person, changed)


def _do(request: Request, node: Node, person: Person, act: Callable[..., str]) -> HttpResponse:
    """Do one thing to a reader and say on the reader's page what came of it."""
    try:
        messages.success(request, act(node=node, by=request.actor, at=clock.now()))
    except Refused as refused:
        if refused.status == 403:
            raise
        messages.error(request, refused.in_full)
    return redirect(address(node, person.pk, request.POST.get("opened_for", "")))


def _back(request: Request, node: Node, person: Person, form: DeskForm) -> HttpResponse:
    for problems in form.errors.values():
        messages.error(request, str(problems[0]))
    return redirect(address(node, person.pk, request.POST.get("opened_for", "")))
