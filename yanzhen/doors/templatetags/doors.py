"""Template tags of the doors: ``{% load doors %}``."""

import datetime as dt
import re
from functools import lru_cache
from typing import Any

from django import template
from django.urls import translate_url
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

register = template.Library()
CHINESE = re.compile("[\u3400-\u9fff][\u3000-\u9fff\uff00-\uffef\\d]*")


@register.simple_tag(takes_context=True)
def other_language_url(context: template.Context, language: str) -> str:
    """This very page, with its query, in another language; the first page where there is none."""
    request = context.get("request")
    if request is None:
        return "/"
    path, mark, query = request.get_full_path().partition("?")
    return f"{_path_in(language, path, get_language())}{mark}{query}"


@lru_cache(maxsize=1024)
def _path_in(language: str, path: str, _shown: str) -> str:
    """Kept, because to find the view of an address and its other name takes long."""
    return translate_url(path, language)


@register.simple_tag(takes_context=True)
def may(context: template.Context, capability: str, node: Any) -> bool:
    """Whether whoever looks may do this at the node: for what is worth showing, not for safety."""
    actor = context.get("actor")
    return bool(actor and node and actor.may(capability, node.path))


@register.filter
def days_after(day: dt.date, other: dt.date) -> int:
    """How many days after `other` it is: people count days, not weeks and days."""
    return (day - other).days


@register.filter
def named(thing: Any) -> str:
    """A thing's name in the language of the page: its `name_en` under /en/, if it has one."""
    english = getattr(thing, "name_en", "") if get_language() == "en" else ""
    return english or getattr(thing, "name", "")


@register.filter
def own_words(text: str) -> str:
    """An English sentence in which what the county itself wrote is marked as Chinese."""
    if get_language() != "en":
        return text
    marked = CHINESE.sub(r'<span lang="zh-Hans">\g<0></span>', conditional_escape(text))
    return mark_safe(marked)  # noqa: S308 - escaped above


@register.filter
def points(thousandths: int) -> str:
    """A score of a contest: 93250 thousandths are 93.250, all alike so that a column compares."""
    whole, rest = divmod(thousandths, 1000)
    return f"{whole}.{rest:03d}"


@register.filter
def tenths(given: int) -> str:
    """Points of one criterion: 95 tenths are 9.5, 90 are 9."""
    whole, rest = divmod(given, 10)
    return f"{whole}.{rest}" if rest else str(whole)
