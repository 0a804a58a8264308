"""A record as a form or as MARC lines: the main house saves it, a branch proposes it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yanzhen.doors.desk.cataloguing import form_number, form_page
from yanzhen.doors.desk.cataloguing.words import said_of
from yanzhen.doors.desk.places import desk_node
from yanzhen.doors.desk.saying import Said, refused
from yanzhen.doors.desk.work import KEPT, kept_banner
from yanzhen.doors.gate import Request, staff
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.call_numbers.numbering import release
from yanzhen.library.catalogue import history
from yanzhen.library.catalogue.marc import begun, form, lines
from yanzhen.library.catalogue.marc.flavour import CNMARC, MARC21
from yanzhen.library.catalogue.marc.lines import Mistaken
from yanzhen.library.catalogue.marc.record import Record
from yanzhen.library.catalogue.models import BibRecord, RecordChange
from yanzhen.library.catalogue.proposing import propose
from yanzhen.library.catalogue.record_editing import add_record, replace_marc, restore
from yanzhen.library.catalogue.titles import Title
from yanzhen.network.models import Node
from yanzhen.people.roles import CATALOGUE, SEE_STOCK

LONGEST_REVISION = 9
FORM, LINES = "form", "lines"


@staff(SEE_STOCK)
def new(request: Request, code: str) -> HttpResponse:
    """A new record, begun from the fields every record has; `flavour` is cnmarc or marc21."""
    node = desk_node(code, request.actor, SEE_STOCK)
    flavour = MARC21 if request.GET.get("flavour") == MARC21 else CNMARC
    return _editor(request, node, None, begun.blank(flavour, at=clock.now()))


@staff(SEE_STOCK)
def edit(request: Request, code: str, bib_id: int) -> HttpResponse:
    """A record to change; one that has no MARC yet is begun from what is known of it."""
    node = desk_node(code, request.actor, SEE_STOCK)
    bib = get_object_or_404(BibRecord.objects.living(), pk=bib_id)
    if bib.marc:
        return _editor(request, node, bib, Record.loads(bib.marc))
    columns = Title._make(getattr(bib, name) for name in Title._fields)
    return _editor(request, node, bib, begun.known(columns, str(bib.pk), at=clock.now()))


@staff(SEE_STOCK)
@require_safe
def past(request: Request, code: str, bib_id: int) -> HttpResponse:
    """Who changed what and when."""
    node = desk_node(code, request.actor, SEE_STOCK)
    bib = get_object_or_404(BibRecord, pk=bib_id)
    shown = {"node": node, "desk_areas": True, "bib": bib, "versions": history.versions(bib)}
    shown |= {"may_save": _may_save(request, node), "said": kept_banner(request)}
    return render(request, "desk/cataloguing/history.html", shown)


@staff(CATALOGUE)
@require_POST
def put_back(request: Request, code: str, bib_id: int, change_id: int) -> HttpResponse:
    node = desk_node(code, request.actor, CATALOGUE)
    get_object_or_404(RecordChange, pk=change_id, bib_id=bib_id)
    try:
        seen = _seen(request)
        restore(bib_id, change_id, revision=seen, by=request.actor, at=clock.now())
        said = Said("done", _("已恢复这一版"), _("刚才的版本也在历史里，还能换回来。"))
    except Refused as refusal:
        said = refused(refusal)
    request.session[KEPT] = said.as_dict()
    return redirect("desk:record-history", node.code, bib_id)


def _editor(request: Request, node: Node, bib: BibRecord | None, draft: Record) -> HttpResponse:
    """Show the record; on POST do what was asked. What was typed stays whatever happens."""
    shown: dict = {"node": node, "desk_areas": True, "bib": bib}
    shown["may_save"] = _may_save(request, node)
    shown |= {"revision": bib.revision if bib else 0, "reason": request.POST.get("reason", "")}
    view = LINES if request.GET.get("view") == LINES else FORM
    if request.method == "POST":
        stored = Record.loads(bib.marc) if bib and bib.marc else None
        view = LINES if "text" in request.POST else FORM
        try:
            draft = _typed(request, stored)
            if done := _done(request, node, bib, draft, shown):
                return done
            draft = shown.pop("numbered", draft)
        except Mistaken as mistaken:
            shown["mistakes"] = [said_of(each) for each in mistaken.mistakes]
            shown["text"] = request.POST.get("text") or request.POST.get("base", "")
            return render(request, "desk/cataloguing/edit.html", shown)
        except Refused as refusal:
            shown["refused"] = refusal
            if refusal.code == "record-changed-meanwhile" and bib:
                bib.refresh_from_db()
                shown |= {"theirs": lines.written(Record.loads(bib.marc)), "revision": bib.revision}
        view = request.POST["do"] if request.POST.get("do") in (FORM, LINES) else view
    if view == FORM and not form_page.fits(draft):
        view, shown["too_long"] = LINES, True
    shown["base" if view == FORM else "text"] = lines.written(draft)
    if view == FORM:
        shown["groups"] = form_page.groups(draft)
    return render(request, "desk/cataloguing/edit.html", shown)


def _typed(request: Request, stored: Record | None) -> Record:
    """The record as it stands on the screen. Raises Mistaken."""
    if "text" in request.POST:
        return lines.read(request.POST["text"], stored)
    given = request.POST.dict()
    draft = form.changed(lines.read(given.get("base", ""), stored), given)
    name, _equals, value = given.get("take", "").partition("=")
    return form.changed(draft, {name: value}) if value else draft


def _done(
    request: Request, node: Node, bib: BibRecord | None, draft: Record, shown: dict
) -> HttpResponse | None:
    """Save, or say what was asked for; None when the page is to be shown again. Raises Refused."""
    given = request.POST
    stored = Record.loads(bib.marc) if bib and bib.marc else None
    bib_id, step = bib.pk if bib else None, given.get("do", "save")
    reserved = form_number.reserved_of(request)
    shown |= {"reserved": reserved, "offered": given.get("offered", "")}
    if step == "cancel":
        release(reserved, by=request.actor)
        return redirect("desk:cataloguing", node.code)
    if step == "number" and _may_save(request, node):
        shown["numbered"], offer = form_number.asked(request, node, bib_id, draft)
        shown |= {"offer": offer, "reserved": offer.reserved, "offered": offer.text}
    elif step == "look":
        shown["advice"] = form_page.advice(draft, bib_id)
    elif "take" not in given and step == "save":
        shown["unproven"] = form_page.unproven(draft, stored)
        if "text" in given or not shown["unproven"] or given.get("as_printed"):
            return _save(request, node, bib, draft)
    return None


def _save(request: Request, node: Node, bib: BibRecord | None, record: Record) -> HttpResponse:
    by, at = request.actor, clock.now()
    if not _may_save(request, node):
        reason, bib_id = request.POST.get("reason", ""), bib.pk if bib else None
        propose(
            record, bib_id=bib_id, revision=_seen(request), reason=reason, node=node, by=by, at=at
        )
        said = Said("done", _("建议已送到总馆"), _("总馆处理后，结果会写在这一页。"))
        request.session[KEPT] = said.as_dict()
        return redirect("desk:cataloguing", node.code)
    if bib is None:
        bib = add_record(record, source=node.code, by=by, at=at)
    else:
        replace_marc(bib.pk, record, revision=_seen(request), by=by, at=at)
    form_number.settle(request, bib.pk, record)
    said = Said("done", _("已保存"), _("读者马上就能查到。"))
    request.session[KEPT] = said.as_dict()
    return redirect("desk:record-history", node.code, bib.pk)


def _may_save(request: Request, node: Node) -> bool:
    return request.actor.may(CATALOGUE, node.path) and node.parent_id is None


def _seen(request: Request) -> int:
    """The revision that was on the screen; what is no number fits none."""
    typed = request.POST.get("revision", "")
    known = typed.isascii() and typed.isdigit() and len(typed) <= LONGEST_REVISION
    return int(typed) if known else -1
