"""Template tags of purchasing: ``{% load purchasing %}``."""

from django import template

from yanzhen.doors.purchasing_words import WORDS, word_of, word_of_order
from yanzhen.library.acquisitions.amounts import yuan
from yanzhen.library.acquisitions.models import Order, Wish

register = template.Library()
register.filter("yuan", yuan)


@register.filter
def part(discount: int) -> str:
    """A discount as people say it: 75 for 七五折."""
    return f"{discount / 100:g}"


@register.inclusion_tag("design/state.html")
def wish_state(wish: Wish) -> dict:
    """How far a wish has come, as a badge."""
    return WORDS[word_of(wish)].badge()


@register.inclusion_tag("design/state.html")
def order_state(order: Order) -> dict:
    """How far an order has come, as a badge; it carries `outstanding` and `quantity`."""
    return WORDS[word_of_order(order)].badge()
