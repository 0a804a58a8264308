"""What the form templates need to know of a Django form, worked out away from the templates."""

from typing import NamedTuple

from django.forms import BaseForm, BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.utils.safestring import SafeString


class Problem(NamedTuple):
    """One line of the error summary; ``target`` is the id of the field, or empty."""

    target: str
    sentence: str


def choice_like(bound: BoundField) -> str:
    """ "group" for radios and checkbox lists, "tick" for a single checkbox, else empty."""
    widget = bound.field.widget
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return "group"
    return "tick" if isinstance(widget, CheckboxInput) else ""


def describe(bound: BoundField, hint: str = "", width: int | None = None) -> SafeString:
    """The control itself, tied to its hint and error, marked invalid where it is."""
    wanted: dict[str, str | bool] = {}
    if width:
        wanted["data-width"] = str(width)
    if bound.errors:
        wanted["aria-invalid"] = "true"
    said_by = [f"{bound.id_for_label}-hint"] if hint else []
    if bound.errors:
        said_by.append(f"{bound.id_for_label}-error")
    if said_by:
        wanted["aria-describedby"] = " ".join(said_by)
    return bound.as_widget(attrs=wanted)


def problems(form: BaseForm) -> list[Problem]:
    """Every error of a bound form: the form's own first, then field by field in page order."""
    found = [Problem("", str(error)) for error in form.non_field_errors()]
    for bound in form.visible_fields():
        target = bound.id_for_label
        if choice_like(bound) == "group":
            target = f"{bound.auto_id}_0"
        found += [Problem(target, str(error)) for error in bound.errors]
    return found
