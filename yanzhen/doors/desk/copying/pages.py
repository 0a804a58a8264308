"""Where a page of copy cataloguing stands below the house work."""

from django.urls import reverse
from django.utils.translation import gettext as _

from yanzhen.library.cataloguing.models import CopySearch
from yanzhen.network.models import Node

Step = dict[str, str]


def crumbs(node: Node, *more: Step | str) -> list[Step]:
    """From the house work over the question to this page, which is the last."""
    steps = [
        {"url": reverse("desk:areas", args=[node.code]), "word": _("馆务")},
        {"url": reverse("desk:copying", args=[node.code]), "word": _("套录")},
        *({"word": each} if isinstance(each, str) else each for each in more),
    ]
    return [*steps[:-1], {"word": steps[-1]["word"]}]


def to_targets(node: Node) -> Step:
    return {"url": reverse("desk:targets", args=[node.code]), "word": _("套录目标")}


def to_search(node: Node, search: CopySearch) -> Step:
    return {"url": reverse("desk:copy-search", args=[node.code, search.pk]), "word": search.term}
