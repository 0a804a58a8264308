"""Parts of a page that are drawn once: ``{% kept a b %}…{% endkept %}``, see templatetags."""

from collections.abc import Callable
from typing import Any

from django.template import Context, Node, NodeList, TemplateSyntaxError, Variable
from django.template.base import FilterExpression
from django.template.loader_tags import BlockNode
from django.utils.translation import get_language

MOST = 128


class KeptNode(Node):
    """Keeps what stands inside for each language and each set of the values named.

    Everything inside must follow from those values alone, so what is kept is never stale. A block
    inside would be kept as the first page filled it, so there may be none (TemplateSyntaxError).
    """

    def __init__(self, values: list[FilterExpression], nodelist: NodeList):
        if nodelist.get_nodes_by_type(BlockNode):
            raise TemplateSyntaxError("a block cannot stand inside {% kept %}")
        self.nodelist, self._values = nodelist, [_reader(value) for value in values]
        self._drawn: dict[tuple, str] = {}

    def render(self, context: Context) -> str:
        key = (get_language(), *[value(context) for value in self._values])
        drawn = self._drawn.get(key)
        if drawn is None:
            if len(self._drawn) >= MOST:
                self._drawn.clear()
            drawn = self._drawn[key] = self.nodelist.render(context)
        return drawn


def _reader(value: FilterExpression) -> Callable[[Context], Any]:
    """What reads a value out of a context, None when it is missing. A plain name is asked for by
    itself: for Django to find out that there is none takes longer than all the rest of the tag."""
    plain = (
        isinstance(value.var, Variable) and not value.filters and len(value.var.lookups or ()) == 1
    )
    return _by_name(value.token.strip()) if plain else lambda context: value.resolve(context, True)


def _by_name(name: str) -> Callable[[Context], Any]:
    def read(context: Context) -> Any:
        found = context.get(name)
        return found() if callable(found) else found

    return read
