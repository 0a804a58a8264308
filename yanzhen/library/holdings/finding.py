"""Finding copies for staff: by what is on the spine, by title, by where they are and how."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from yanzhen.groundwork.text.clc import sort_key
from yanzhen.library.holdings.barcodes import scanned
from yanzhen.library.holdings.models import Copy

FLAGS = ("damaged", "missing", "in_dispute", "withdrawal_proposed")
LONGEST_QUERY = 80


@dataclass(frozen=True)
class Wanted:
    """What is looked for; what is empty fits everything. `flag` is one of FLAGS."""

    text: str = ""
    branch: str = ""
    state: str = ""
    flag: str = ""


def find(wanted: Wanted) -> QuerySet[Copy]:
    """The copies that fit, in the order of the shelves; a barcode or call number from its
    beginning, a title from anywhere."""
    copies = Copy.objects.select_related("bib", "kind", "home_node", "current_node", "owning_node")
    text = wanted.text.replace("\x00", "").strip()[:LONGEST_QUERY]
    if text:
        copies = copies.filter(_matching(text))
    if wanted.branch:
        copies = copies.filter(home_node__code=wanted.branch)
    if wanted.state in Copy.State.values:
        copies = copies.filter(state=wanted.state)
    if wanted.flag in FLAGS:
        copies = copies.filter(**{wanted.flag: True})
    return copies.order_by("call_number_key", "barcode")


def _matching(text: str) -> Q:
    code = scanned(text)
    fits = Q(bib__title__icontains=text) | Q(aliases__barcode=code)
    if code.isascii():
        fits |= Q(barcode__startswith=code) | Q(call_number_key__startswith=sort_key(text))
    copies = Copy.objects.filter(fits).values("pk")  # an alias joins; no copy may come twice
    return Q(pk__in=copies)


def exactly(text: str) -> Copy | None:
    """The copy with just this barcode."""
    return Copy.objects.filter(barcode=scanned(text)).first() if text.strip() else None
