"""Icons, tags, forms, the display choice and the gallery, rendered for real."""

import re
from xml.etree import ElementTree

import pytest
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory

from yanzhen.design.display import DisplayMiddleware
from yanzhen.design.icons import ICONS
from yanzhen.design.samples import SampleForm
from yanzhen.design.states import STATES, TONES
from yanzhen.design.views import gallery

ASKED = """search book books calendar phone pin clock person people child elder worker braille
headphones wheelchair ear check cross warning info arrow-right arrow-left chevron-down truck
return renew undo print scan
card home menu moon sun globe desk download history lock wifi-off"""


@pytest.fixture(autouse=True)
def _own_templates(settings):
    """The look must stand without what the doors put into every page."""
    request = "django.template.context_processors.request"
    [engine] = settings.TEMPLATES
    settings.TEMPLATES = [{**engine, "OPTIONS": {"context_processors": [request]}}]


def render(source: str, **values) -> str:
    return Template("{% load design %}" + source).render(Context(values))


def looking(address: str = "/", **cookies) -> HttpResponse:
    request = RequestFactory().get(address)
    request.COOKIES.update(cookies)
    return DisplayMiddleware(
        lambda asked: HttpResponse(f"{asked.display.mode} {asked.display.theme}")
    )(request)


@pytest.mark.parametrize("name", ICONS)
def test_every_icon_is_well_formed_and_silent(name):
    drawn = render("{% icon name %}", name=name)
    svg = ElementTree.fromstring(drawn)
    assert svg.get("aria-hidden") == "true"
    assert len(svg) > 0


def test_the_promised_icons_are_there():
    assert set(ASKED.split()) <= set(ICONS)


def test_a_lone_icon_can_speak():
    assert 'role="img" aria-label="有手语翻译"' in render('{% icon "ear" "有手语翻译" %}')


def test_every_state_has_tone_icon_and_word():
    for found in STATES.values():
        assert found.tone in TONES
        assert found.icon in ICONS
        assert str(found.word)


def test_a_button_with_an_address_is_a_link():
    assert render('{% button "回首页" href="/" %}').startswith('<a class="button')
    assert render('{% button "借出" name="go" value="1" %}').startswith('<button class="button')


def test_the_error_summary_leads_to_every_wrong_field():
    form = SampleForm({"mobile": "1"})
    page = render(
        "{% error_summary form %}{% for one in form %}{% field one %}{% endfor %}", form=form
    )
    targets = re.findall(r'href="#([^"]+)"', page)
    assert len(targets) == len(form.errors) > 3
    for target in targets:
        assert f'id="{target}"' in page


def test_hint_and_error_are_tied_to_the_control():
    page = render("{% field form.name %}", form=SampleForm({}))
    assert 'aria-describedby="id_name-hint id_name-error"' in page
    assert 'aria-invalid="true"' in page
    assert 'id="id_name-hint"' in page


def test_pages_keep_the_other_words_of_the_query():
    request = RequestFactory().get("/", {"q": "雁&阵", "page": "2"})
    page = Paginator(range(100), 10).page(2)
    drawn = render("{% pagination page %}", page=page, request=request)
    assert "?q=%E9%9B%81%26%E9%98%B5&amp;page=3" in drawn
    assert drawn.count('aria-current="page"') == 1


def test_a_title_cannot_smuggle_markup_into_a_cover():
    drawn = render("{% cover title %}", title='"><script>')
    assert "<script>" not in drawn
    ElementTree.fromstring(drawn)


def test_a_choice_is_remembered_and_the_address_kept():
    answer = looking("/catalogue/?q=a&display=elder")
    assert answer.status_code == 302
    assert answer["Location"] == "/catalogue/?q=a"
    assert answer.cookies["yz_mode"].value == "elder"


def test_a_choice_never_leads_to_another_host():
    request = RequestFactory().get("/", {"display": "dark"})
    request.path = "//elsewhere.example/"
    answer = DisplayMiddleware(lambda asked: HttpResponse())(request)
    assert answer["Location"] == "/elsewhere.example/"


def test_unknown_choices_count_as_the_default():
    assert looking("/?display=huge", yz_mode="<x>", yz_theme="pink").content == b"standard auto"
    assert looking("/", yz_mode="contrast", yz_theme="dark").content == b"contrast dark"


def test_the_error_page_needs_no_request():
    page = render_to_string("design/error.html", {"phone": "12345"})
    assert 'href="tel:12345"' in page
    assert "您没有做错什么" in page


def test_the_gallery_shows_every_icon_and_state():
    page = gallery(RequestFactory().get("/")).content.decode()
    assert page.count('class="icon"') > len(ICONS)
    for found in STATES.values():
        assert str(found.word) in page


def test_the_gallery_has_no_id_twice():
    page = gallery(RequestFactory().get("/")).content.decode()
    ids = [one for one in re.findall(r'\sid="([^"]+)"', page) if not one.startswith("id_")]
    assert len(ids) == len(set(ids))
