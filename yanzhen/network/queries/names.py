"""From what people type to the place they mean, old names included (d.1)."""

from dataclasses import dataclass

from django.db.models import Q

from yanzhen.groundwork.text import fold, initials, pinyin
from yanzhen.network.models import Division, DivisionAlias


@dataclass(frozen=True)
class Place:
    """What a name or code stands for: a living division, an old name, or both."""

    division: Division | None
    alias: DivisionAlias | None = None


def resolve_place(name_or_code: str) -> Place | None:
    """Find a division by code or name (中和镇, 中和, Zhonghe Town), living first, then old names.

    An alias whose `merged_into` is empty resolves to no division: nobody has verified which.
    """
    wanted = name_or_code.strip()
    exact = Q(code=wanted) | Q(name=wanted) | Q(name_en__iexact=wanted)
    short = Q(name__in=[f"{wanted}镇", f"{wanted}街道", f"{wanted}乡"])
    division = (
        Division.objects.filter(exact | short).exclude(kind=Division.Kind.STATISTICS_ONLY).first()
        if wanted
        else None
    )
    if division:
        return Place(division)
    old = Q(code=wanted) | Q(name=wanted) | short
    alias = DivisionAlias.objects.select_related("merged_into").filter(old).first()
    return Place(alias.merged_into, alias) if wanted and alias else None


def towns_matching(text: str) -> set[int]:
    """Ids of towns whose name, pinyin or initials fit, or that have a village of that name."""
    wanted = fold(text)
    if not wanted:
        return set()
    living = Division.objects.towns()
    found = {town.pk for town in living if _fits(town, wanted)}
    if len(wanted) > 1:
        villages = Division.objects.filter(name__contains=text.strip(), parent__in=living)
        found.update(villages.values_list("parent_id", flat=True))
    return found


def _fits(town: Division, wanted: str) -> bool:
    spelled = pinyin(town.name)
    return (
        wanted in fold(town.name)
        or town.code == wanted
        or spelled.startswith(wanted.replace(" ", ""))
        or fold(town.name_en).startswith(wanted)
        or initials(town.name).startswith(wanted)
    )
