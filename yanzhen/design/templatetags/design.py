"""Template tags of the look: ``{% load design %}``. The package README lists the use of each."""

from functools import cache, lru_cache
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from yanzhen.design.cover_svg import svg
from yanzhen.design.covers import draw_cover
from yanzhen.design.display import Display, with_display
from yanzhen.design.fields import choice_like, describe, problems
from yanzhen.design.icons import ICONS
from yanzhen.design.keeping import KeptNode
from yanzhen.design.states import STATES, State

register = template.Library()

# The levels of django.contrib.messages, so that a message can be shown as it comes.
MESSAGE_KINDS = {
    "debug": "note",
    "info": "note",
    "success": "done",
    "warning": "attention",
    "error": "wrong",
}


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw an icon. Silent for screen readers unless ``label`` says what a lone icon means.

    Raises KeyError for an unknown name, so that a typing error is seen at once.
    """
    return _spoken_icon(name, str(label)) if label else _silent_icon(name)


@cache
def _silent_icon(name: str) -> SafeString:
    return mark_safe(  # noqa: S308 - our own constants
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
        f"{ICONS[name]}</svg>"
    )


def _spoken_icon(name: str, label: str) -> SafeString:
    drawing = mark_safe(ICONS[name])  # noqa: S308 - our own constant
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" role="img" aria-label="{}">{}</svg>', label, drawing
    )


@register.inclusion_tag("design/state.html")
def state(name: str, word: str = "") -> dict[str, Any]:
    """A badge for a named state (states.py); ``word`` replaces its usual word."""
    found: State = STATES[name]
    return {"tone": found.tone, "icon_name": found.icon, "word": word or found.word}


@register.inclusion_tag("design/button.html")
def button(word: str, **options: Any) -> dict[str, Any]:
    """A button, or a link that looks like one when ``href`` is given.

    Options: kind ("", second, wrong, plain, large, wide - several by spaces), icon, href, type,
    name, value, id, disabled, label (for screen readers), key (keyboard hint).
    """
    return {"word": word, "type": "submit", **options}


@register.inclusion_tag("design/notice.html")
def notice(body: str, **options: Any) -> dict[str, Any]:
    """A message. Options: kind (done, attention, wrong, note), title, href, link, live."""
    kind = options.get("kind", "note")
    found = STATES[MESSAGE_KINDS.get(kind, kind)]
    return {"body": body, "tone": found.tone, "icon_name": found.icon, **options}


@register.inclusion_tag("design/field.html")
def field(bound: BoundField, **options: Any) -> dict[str, Any]:
    """One form field with label, hint and error. Options: hint, width (4, 10, 20), label."""
    hint = str(options.get("hint") or bound.help_text)
    return {
        "field": bound,
        "control": describe(bound, hint, options.get("width")),
        "grouped": choice_like(bound),
        "hint": hint,
        "label": options.get("label") or bound.label,
    }


@register.inclusion_tag("design/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """All that has to be mended, each line leading to its field. Nothing when there is nothing."""
    return {"problems": problems(form)}


@register.inclusion_tag("design/pagination.html", takes_context=True)
def pagination(context: template.Context, page: Page, unit: str = "") -> dict[str, Any]:
    """Pages of a list; keeps the other query parameters. Needs ``request`` in the context."""
    request = context.get("request")
    kept = request.GET.copy() if request else QueryDict(mutable=True)
    kept.pop("page", None)
    query = kept.urlencode()
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {"page": page, "numbers": numbers, "query": f"{query}&" if query else "", "unit": unit}


@register.simple_tag
def cover(title: str, **facts: Any) -> SafeString:
    """A drawn book cover. Facts: author, kind, clc (class letter), seed, vertical (True, False)."""
    plain = {
        name: fact if fact is None or fact is True or fact is False else str(fact)
        for name, fact in facts.items()
    }
    return _drawn(str(title), tuple(sorted(plain.items())))


@lru_cache(maxsize=4096)
def _drawn(title: str, facts: tuple[tuple[str, Any], ...]) -> SafeString:
    """Kept, because a shelf of twenty covers costs more to draw than the rest of its page."""
    return svg(draw_cover(title, **dict(facts)))


@register.simple_tag(takes_context=True)
def display(context: template.Context) -> Display:
    """The visitor's Display; the default where no middleware ran (error pages)."""
    return getattr(context.get("request"), "display", Display())


@register.simple_tag(takes_context=True)
def display_links(context: template.Context, drawing: str) -> SafeString:
    """The links that change the display, as `design/<drawing>.html` draws them: "display" (all) or
    "quick_display" (elder or back). They lead to this page and keep the rest of its query.
    """
    drawn = _display_links(f"design/{drawing}.html", get_language(), display(context))
    request = context.get("request")
    if request is None or not request.GET:
        return drawn
    kept = with_display(request.GET)
    return mark_safe(drawn.replace("?display=", kept))  # noqa: S308 - escaped there


@lru_cache(maxsize=64)
def _display_links(template_name: str, _language: str, shown: Display) -> SafeString:
    return render_to_string(template_name, {"shown": shown})


@register.tag
def kept(parser: template.base.Parser, token: template.base.Token) -> KeptNode:
    """`{% kept a b %}…{% endkept %}`: drawn once for each language and each value of a and b."""
    values = [parser.compile_filter(word) for word in token.split_contents()[1:]]
    inside = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(values, inside)


@register.simple_tag
def named_state(name: str) -> State:
    """The State of that name, for templates that lay it out themselves."""
    return STATES[name]
