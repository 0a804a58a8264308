"""What is said of contests at more than one door."""

import re
from collections.abc import Mapping, Sequence

from django.http import Http404
from django.utils.translation import gettext as _

from yanzhen.culture.contests import queries
from yanzhen.culture.contests.models import Round, RubricLine

TONES = {"draft": "closed", "open": "note", "judging": "attention", "published": "done"}
TIE_RULES = {
    "artistic": lambda: _("同分，第一项得分高者在前"),
    "top_marks": lambda: _("同分，满分次数多者在前"),
    "lot": lambda: _("同分，抽签定先后"),
}
_POINTS = re.compile(r"(\d{1,3})(?:\.(\d))?")


def round_name(round_: Round) -> str:
    """East cluster heat, or the final of the county."""
    if round_.cluster is None:
        return _("全区决赛")
    return _("%(cluster)s初赛") % {"cluster": round_.cluster.label}


def round_or_404(contest_id: int, round_id: int) -> Round:
    found = queries.round_of(contest_id, round_id)
    if found is None:
        raise Http404(_("没有找到这一轮。"))
    return found


def typed_tenths(typed: Mapping[str, str], criteria: Sequence[RubricLine]) -> dict[int, int]:
    """Points as typed (9, 9.5) to tenths by criterion; what is no such number is left out, so
    that the rule asks for it."""
    found = {line.pk: _POINTS.fullmatch(typed.get(f"c{line.pk}", "").strip()) for line in criteria}
    return {pk: int(m[1]) * 10 + int(m[2] or 0) for pk, m in found.items() if m}


def number(typed: str, most: int = 100_000) -> int:
    """A whole number as typed in a form; -1 for anything else."""
    fits = typed.isascii() and typed.isdigit() and len(typed) <= 6
    return int(typed) if fits and int(typed) <= most else -1
