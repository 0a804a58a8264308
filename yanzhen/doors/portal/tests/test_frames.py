"""A stranger's page in a kept frame is the very page that is drawn whole for others."""

import pytest

from yanzhen.library.discovery.indexing import rebuild
from yanzhen.library.discovery.tests.makers import shelved_titles

PAGES = (
    "/catalogue/?q=红楼梦", "/catalogue/?q=红楼梦&page=1", "/catalogue/", "/catalogue/?sort=title",
    "/en/catalogue/?q=红楼梦", "/catalogue/?q=%3Cb%3E", "/catalogue/?q=红楼梦&available=1",
    "/catalogue/?q=红楼梦&display=none&x=%22%3E%26", "/catalogue/?q=一&page=2",
)  # fmt: skip


@pytest.fixture
def titles(place, settings):
    shelved_titles(place)
    rebuild(settings.SEARCH_INDEX)


@pytest.mark.parametrize("address", PAGES)
def test_a_framed_page_is_the_page_drawn_whole(client, titles, address):
    first, again = (client.get(address).content.decode() for _ in range(2))
    client.cookies["sessionid"] = "nobody-has-this-one"
    whole = client.get(address).content.decode()
    assert first == again == whole
    assert "\ue000" not in whole


def test_frames_differ_by_display(client, titles):
    plain = client.get("/catalogue/?q=红楼梦").content.decode()
    client.cookies["yz_mode"] = "elder"
    elder = client.get("/catalogue/?q=红楼梦").content.decode()
    assert 'data-mode="standard"' in plain
    assert 'data-mode="elder"' in elder
    assert client.get("/catalogue/?q=红楼梦").content.decode() == elder


def test_one_search_does_not_show_in_the_frame_of_the_next(client, titles):
    assert 'value="曹雪芹"' in client.get("/catalogue/?q=曹雪芹").content.decode()
    again = client.get("/catalogue/?q=红楼梦&language=").content.decode()
    assert 'value="曹雪芹"' not in again
    assert "<title>找“红楼梦”" in again


def test_what_is_typed_is_escaped_in_a_frame(client, titles):
    typed = '"><b>人民文学出版社'
    html = client.get("/catalogue/", {"q": typed}).content.decode()
    assert "<b>人民" not in html
    assert "&quot;&gt;&lt;b&gt;人民文学出版社" in html
