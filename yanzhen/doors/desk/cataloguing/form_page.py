"""The form of a record as the page draws it, and what it advises."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from yanzhen.doors.desk.cataloguing import form_words
from yanzhen.library.catalogue.marc import form
from yanzhen.library.catalogue.marc.derive import derive
from yanzhen.library.catalogue.marc.flavour import CNMARC, flavour_of
from yanzhen.library.catalogue.marc.isbn_advice import CHECK_DIGIT, TEN, IsbnAdvice, isbn_advice
from yanzhen.library.catalogue.marc.record import Record
from yanzhen.library.discovery.classing import ClassOffer, classes_like
from yanzhen.library.discovery.index import index_at


@dataclass(frozen=True)
class Advice:
    """A sentence, and a button that would put `value` into the input `name` ("" for none)."""

    text: str
    name: str = ""
    value: str = ""


MOST_INPUTS = 800  # a page sends no more than 1,000 fields


def fits(record: Record) -> bool:
    """Whether a page can hold the form: a record with a hundred 905 has too many inputs."""
    shapes = [shape for _name, some in form.groups_of(record) for shape in some]
    rows = [row for shape in shapes for row in form.rows(record, shape)]
    return sum(len(row.inputs) for row in rows) <= MOST_INPUTS


def groups(record: Record) -> Iterator[tuple[str, list[dict], list[dict]]]:
    """(words, rows shown openly, blank rows one may ask for) of each group."""
    flavour = flavour_of(record)
    for name, shapes in form.groups_of(record):
        rows: list[dict] = []
        more: list[dict] = []
        for shape in shapes:
            found = list(form.rows(record, shape))
            for row in found:
                folded = row.blank and len(found) > 1
                (more if folded else rows).append(_row(flavour, row))
        yield str(form_words.GROUPS[name]), rows, more


def _row(flavour: str, row: form.Row) -> dict:
    words, codes = form_words.FIELDS[flavour][row.tag]
    inputs = [(each, codes[each.code]) for each in row.inputs]
    return {"tag": row.tag, "words": words, "inputs": inputs,
            "long": (flavour, row.tag) in form_words.LONG}  # fmt: skip


def unproven(record: Record, stored: Record | None) -> list[Advice]:
    """The ISBNs that are wrong and were not so in the stored record."""
    old = {each.printed for each in isbn_advice(stored)} if stored else set()
    wrong = (each for each in isbn_advice(record) if each.what != TEN)
    return [_about(each) for each in wrong if each.printed not in old]


def advice(record: Record, bib_id: int | None) -> list[Advice]:
    """All that may be said about ISBNs and class numbers."""
    told = [_about(each) for each in isbn_advice(record)]
    derived = derive(record, flavour_of(record))
    offers = classes_like(
        derived.main_authors, derived.subjects, index_at(settings.SEARCH_INDEX), but=bib_id
    )
    name = _class_input(record)
    told += [
        Advice(_offered(each), name, each.number)
        for each in offers
        if each.number not in derived.clc
    ]
    return told or [Advice(_("没有要提醒的。"))]


def _about(each: IsbnAdvice) -> Advice:
    about = {"printed": each.printed, "better": each.better}
    if each.what == TEN:
        return Advice(
            _("ISBN %(printed)s 是 10 位的，13 位是 %(better)s。") % about, each.name, each.better
        )
    if each.what == CHECK_DIGIT and each.better:
        text = _("ISBN %(printed)s 的校验位不对，末位应是 %(better)s。请对照书上核对。")
        return Advice(text % about)
    return Advice(_("“%(printed)s”不是 ISBN。请对照书上核对。") % about)


def _offered(each: ClassOffer) -> str:
    about = {"number": each.number, "author": each.by_author, "subject": each.on_subject}
    if each.by_author and each.on_subject:
        text = _("分类号 %(number)s：本馆同作者 %(author)d 种、同主题 %(subject)d 种归在这里。")
    elif each.by_author:
        text = _("分类号 %(number)s：本馆同作者 %(author)d 种归在这里。")
    else:
        text = _("分类号 %(number)s：本馆同主题 %(subject)d 种归在这里。")
    return text % about


def _class_input(record: Record) -> str:
    """Where a class number goes: the first there is, else the blank one."""
    tag = "690" if flavour_of(record) == CNMARC else "093"
    shapes = [shape for _name, some in form.groups_of(record) for shape in some]
    (shape,) = [each for each in shapes if each.tag == tag]
    inputs = [each for row in form.rows(record, shape) for each in row.inputs]
    return next(each.name for each in inputs if each.code == "a")
