"""Readers at the desk: finding, registering, opening a file, putting it right."""

import hashlib
import json
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yanzhen.doors.desk.places import desk_node
from yanzhen.doors.desk.reader_forms import (
    BlockForm,
    CardForm,
    CertificateForm,
    PersonForm,
    RegistrationForm,
)
from yanzhen.doors.gate import Request, staff
from yanzhen.groundwork import clock
from yanzhen.groundwork.idempotency import once
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.circulation.queries import open_loans_of
from yanzhen.library.holds.queries import live_holds_of
from yanzhen.library.patrons import queries
from yanzhen.library.patrons.categories import category_for_age
from yanzhen.library.patrons.issuing import register_reader
from yanzhen.library.patrons.models import ReaderCard
from yanzhen.network.models import Node
from yanzhen.people.models import Person
from yanzhen.people.names import plain
from yanzhen.people.queries import (
    Reason,
    guardians_of,
    namesakes,
    open_person_file,
    wards_of,
    write_search,
)
from yanzhen.people.registering import correct_person
from yanzhen.people.roles import BLOCK_READERS, REGISTER_READERS, RENEW, SEE_READERS
from yanzhen.people.rules import age_on, is_child

CARD_STATES: dict[str, str] = {
    ReaderCard.Status.ACTIVE: "done",
    ReaderCard.Status.LOST: "attention",
    ReaderCard.Status.REPLACED: "closed",
    ReaderCard.Status.CANCELLED: "closed",
}


@staff(SEE_READERS)
@require_safe
def listing(request: Request, code: str) -> HttpResponse:
    """Search by card, name, pinyin, initials or telephone; beside it the quick form."""
    node = desk_node(code, request.actor, SEE_READERS)
    text = plain(request.GET.get("q", ""))[:60]
    found = queries.readers_found(text, by=request.actor, at=clock.now()) if text else []
    typed = {"name": text} if text and not found and not any(map(str.isdigit, text)) else {}
    return _listing(request, node, RegistrationForm(initial=typed), q=text, found=found)


@staff(REGISTER_READERS)
def register(request: Request, code: str) -> HttpResponse:
    """Four fields and a card; a refusal comes back with everything typed."""
    node = desk_node(code, request.actor, REGISTER_READERS)
    if request.method != "POST":
        return redirect("desk:readers", code)
    form = RegistrationForm(request.POST)
    known: list[Person] = []
    if form.is_valid():
        try:
            card = _registered_once(form, node, request)
        except Refused as refused:
            if refused.code == "person-may-exist":
                known = _known(form, request)
            else:
                form.take(refused)
        else:
            said = _("%(name)s 的读者证办好了：%(number)s。")
            messages.success(request, said % {"name": card.person.name, "number": card.number})
            return redirect(address(node, card.person_id, Reason.CARD))
    return _listing(request, node, form, known=known, status=422)


def _known(form: RegistrationForm, request: Request) -> list[Person]:
    """Who may be the same person; that they were looked up is written down like any search."""
    told = form.cleaned_data
    known = list(namesakes(told["name"], told["born_on"], told["phone"])[:5])
    write_search(plain(told["name"]), len(known), by=request.actor, at=clock.now())
    return known


def _registered_once(form: RegistrationForm, node: Node, request: Request) -> ReaderCard:
    """Pressing twice gets the same card twice: the page bears a key, and one that was changed
    after all is another registration.
    """
    if not form.cleaned_data["once"]:
        return _registered(form, node, request)
    said = json.dumps([(name, form[name].value()) for name in form.fields])
    key = f"reader:{hashlib.sha256(said.encode()).hexdigest()}"
    _status, pk = once(
        account_id=request.user.pk,
        key=key,
        request=node.code,
        at=clock.now(),
        act=lambda: (201, _registered(form, node, request).pk),
    )
    return ReaderCard.objects.select_related("person").get(pk=pk)


def _registered(form: RegistrationForm, node: Node, request: Request) -> ReaderCard:
    told = form.cleaned_data
    return register_reader(
        name=told["name"],
        born_on=told["born_on"],
        phone=told["phone"],
        category=told["category"],
        guardian=form.guardian(),
        number=told["number"] or None,
        home_node=node,
        district=settings.YANZHEN_DISTRICT,
        by=request.actor,
        at=clock.now(),
        anyway="anyway" in request.POST,
    )


def _listing(
    request: Request, node: Node, form: RegistrationForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "node": node,
        "desk_readers": True,
        "form": form,
        "may_register": request.actor.may(REGISTER_READERS, node.path),
        **more,
    }
    return render(request, "desk/readers/listing.html", context, status=status)


@staff(SEE_READERS)
@require_safe
def reader(request: Request, code: str, person_id: int) -> HttpResponse:
    """A reader's file. Reading it is written down; a child's file asks for a reason first."""
    node = desk_node(code, request.actor, SEE_READERS)
    person = get_object_or_404(Person, pk=person_id)
    asked = file_opened(request, node, person)
    return asked or _file(request, node, person, request.GET.get("reason", ""))


def file_opened(request: Request, node: Node, person: Person) -> HttpResponse | None:
    """Note that a file is read; instead, for a child without `?reason=`, the page that asks why."""
    reason = request.GET.get("reason", "")
    try:
        open_person_file(person, by=request.actor, at=clock.now(), reason=reason)
    except Refused as refused:
        if refused.code != "reason-missing":
            raise
        asked = {"node": node, "desk_readers": True, "refused": refused, "reasons": Reason.choices}
        return render(request, "desk/readers/reason.html", asked)
    return None


def _file(request: Request, node: Node, person: Person, reason: str) -> HttpResponse:
    cards, today = list(queries.cards_of(person)), clock.today()
    current = next((card for card in cards if card.status in {"active", "lost"}), None)
    age = age_on(person.born_on, today) if person.born_on else None
    context = {
        "node": node, "desk_readers": True, "person": person, "age": age, "reason": reason,
        "card": current, "past": [card for card in cards if card != current], "today": today,
        "blocks": queries.blocks_of(person), "guardians": guardians_of(person),
        "wards": wards_of(person.pk, today), "loans": open_loans_of(person.pk),
        "holds": live_holds_of(person.pk),
        "card_state": CARD_STATES.get(current.status) if current else "",
        "may_renew": request.actor.may(RENEW, node.path),
        "may_register": request.actor.may(REGISTER_READERS, node.path),
        "may_block": request.actor.may(BLOCK_READERS, node.path),
        "card_form": CardForm(initial={"category": category_for_age(age)}),
        "block_form": BlockForm(),
        "certificate": queries.certificate_of(person),
        "certificate_form": CertificateForm(),
    }  # fmt: skip
    return render(request, "desk/readers/reader.html", context)


@staff(REGISTER_READERS)
def details(request: Request, code: str, person_id: int) -> HttpResponse:
    """Name, birth date and telephone, put right."""
    node = desk_node(code, request.actor, REGISTER_READERS)
    person = get_object_or_404(Person, pk=person_id)
    reason = request.POST.get("opened_for") or request.GET.get("reason", "")
    open_person_file(person, by=request.actor, at=clock.now(), reason=reason)
    told = {"name": person.name, "born_on": person.born_on, "phone": person.phone}
    form = PersonForm(request.POST or None, initial=told)
    if request.method == "POST" and form.is_valid():
        try:
            correct_person(person, **form.cleaned_data, by=request.actor, at=clock.now())
        except Refused as refused:
            form.take(refused)
        else:
            messages.success(request, _("资料已经更正。"))
            return redirect(address(node, person.pk, reason))
    context = {
        "node": node,
        "desk_readers": True,
        "person": person,
        "form": form,
        "reason": reason,
        "is_child": is_child(person.born_on, clock.today()),
    }
    return render(request, "desk/readers/details.html", context, status=422 if form.errors else 200)


def address(node: Node, person_id: int, reason: str = "") -> str:
    """The page of a reader at this desk; keeps the reason for which a child's file is open."""
    page = reverse("desk:reader", args=[node.code, person_id])
    return f"{page}?reason={reason}" if reason in Reason.values else page
