"""Template tags of the doors: ``{% load doors %}``."""

from typing import Any

from django import template
from django.urls import translate_url
from django.utils.translation import get_language

register = template.Library()


@register.simple_tag(takes_context=True)
def other_language_url(context: template.Context, language: str) -> str:
    """This very page, with its query, in another language; the first page where there is none."""
    request = context.get("request")
    return translate_url(request.get_full_path(), language) if request else "/"


@register.filter
def named(thing: Any) -> str:
    """A thing's name in the language of the page: its `name_en` under /en/, if it has one."""
    english = getattr(thing, "name_en", "") if get_language() == "en" else ""
    return english or getattr(thing, "name", "")
