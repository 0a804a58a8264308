"""``{% load tours %}``: badges of orders, icons of the menu."""

from django import template

from yanzhen.culture.tours.models import MenuItem, MenuOrder
from yanzhen.doors.tour_words import ICONS, LOOKS

register = template.Library()


@register.inclusion_tag("design/state.html")
def order_state(order: MenuOrder) -> dict[str, str]:
    """The badge of an order's state."""
    tone, icon = LOOKS[MenuOrder.State(order.state)]
    return {"tone": tone, "icon_name": icon, "word": order.get_state_display()}


@register.filter
def kind_icon(item: MenuItem) -> str:
    """The icon of a kind of menu item."""
    return ICONS[MenuItem.Kind(item.kind)]


@register.filter
def in_groups(text: str, size: int = 3) -> str:
    """`624287` as `624 287`, so that it can be read out."""
    return " ".join(text[at : at + size] for at in range(0, len(text), size))
