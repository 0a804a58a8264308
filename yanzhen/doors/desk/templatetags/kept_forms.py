"""Refused forms come back filled in: ``{% load kept_forms %}``.

{% kept_form as kept %} … {% with was=kept|typed:url %}<input value="{{ was.name }}">{% endwith %}
"""

from django import template
from django.utils.datastructures import MultiValueDict

from yanzhen.doors.desk import typed as kept_forms

register = template.Library()


@register.simple_tag(takes_context=True)
def kept_form(context) -> tuple[str, MultiValueDict] | None:
    """The form that was refused a moment ago, if any."""
    return kept_forms.kept_form(context["request"])


@register.filter
def typed(kept: tuple[str, MultiValueDict] | None, address: str) -> MultiValueDict:
    """What was typed into the form of this address; empty for all others."""
    return kept[1] if kept and kept[0] == address else MultiValueDict()


@register.filter
def ticked(was: MultiValueDict, box: str) -> list[str]:
    """The values of the boxes of one name that were ticked."""
    return was.getlist(box)


@register.filter
def told(was: MultiValueDict, name: str) -> str:
    """What was typed under a name that the template has to put together."""
    return was.get(name, "")


@register.filter
def join_id(prefix: str, pk: int) -> str:
    """The name of a box that belongs to one row: to-17."""
    return f"{prefix}{pk}"
