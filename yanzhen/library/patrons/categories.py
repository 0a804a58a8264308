"""The reader categories every county starts with."""

from yanzhen.library.patrons.models import ReaderCategory
from yanzhen.people.rules import MAJORITY

ELDER_AGE = 60  # 老年人权益保障法 2

DEFAULTS = (
    ("adult", "成人", "Adult"),
    ("child", "少儿", "Child"),
    ("elder", "老年", "Older adult"),
    ("disabled", "残障", "Disabled reader"),
    ("migrant", "外来务工（农民工）", "Migrant worker"),
    ("staff", "馆员", "Library staff"),
    ("group", "集体", "Group"),
)


def ensure_categories() -> dict[str, ReaderCategory]:
    """Make the categories that are missing, leave the others as they are; by code."""
    for position, (code, name, name_en) in enumerate(DEFAULTS):
        ReaderCategory.objects.get_or_create(
            code=code, defaults={"name": name, "name_en": name_en, "position": position}
        )
    return {category.code: category for category in ReaderCategory.objects.all()}


def category_for_age(age: int | None) -> str:
    """The code of the category chosen beforehand for an age; the desk may choose another."""
    if age is None:
        return "adult"
    if age < MAJORITY:
        return "child"
    return "elder" if age >= ELDER_AGE else "adult"
