"""What is kept of a page is drawn anew for every value it depends on."""

import pytest
from django.template import Context, Engine, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils import translation

from yanzhen.design.display import Display


def test_kept_follows_its_values_and_the_language():
    page = Template(
        "{% load design i18n %}{% kept name %}{% get_current_language as l %}{{ name }} {{ l }}"
        "{{ other }}{% endkept %}"
    )

    def drawn(**values):
        return page.render(Context(values))

    assert drawn(name="甲<") == "甲&lt; zh-hans"
    assert drawn(name="乙") == "乙 zh-hans"
    assert drawn(name="甲<", other="never looked at again") == "甲&lt; zh-hans"
    with translation.override("en"):
        assert drawn(name="乙") == "乙 en"


def test_kept_does_not_grow_without_end():
    page = Template("{% load design %}{% kept n %}{{ n }}{% endkept %}")
    assert [page.render(Context({"n": n})) for n in range(1000)] == [str(n) for n in range(1000)]
    assert len(page.nodelist[1]._drawn) <= 128


def test_a_block_cannot_be_kept():
    with pytest.raises(TemplateSyntaxError):
        Template("{% load design %}{% kept %}{% block a %}{% endblock %}{% endkept %}")


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        ("/x/", 'href="?display=elder"'),
        ("/x/?q=%3Cb%3E&page=2", 'href="?q=%3Cb%3E&amp;page=2&amp;display=elder"'),
        ("/x/?display=odd&q=a", 'href="?q=a&amp;display=elder"'),
    ],
)
def test_display_links_keep_the_query(address, wanted):
    request = RequestFactory().get(address)
    request.display = Display()
    page = Template('{% load design %}{% display_links "display" %}', engine=Engine.get_default())
    assert wanted in page.render(Context({"request": request}))
