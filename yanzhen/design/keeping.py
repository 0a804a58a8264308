"""Parts of a page that are drawn once: ``{% kept a b %}…{% endkept %}``, see templatetags."""

from django.template import Context, Node, NodeList, TemplateSyntaxError
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
        self.nodelist, self._values = nodelist, values
        self._drawn: dict[tuple, str] = {}

    def render(self, context: Context) -> str:
        key = (get_language(), *[value.resolve(context, True) for value in self._values])
        drawn = self._drawn.get(key)
        if drawn is None:
            if len(self._drawn) >= MOST:
                self._drawn.clear()
            drawn = self._drawn[key] = self.nodelist.render(context)
        return drawn
