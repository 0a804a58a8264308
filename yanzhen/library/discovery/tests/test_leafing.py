"""Leafing through titles and names in the order of their sounds."""

from tests import county
from yanzhen.library.discovery.indexing import rebuild
from yanzhen.library.discovery.leafing import Leaf, leaves


def test_leaves_lie_in_the_order_of_their_sounds(index):
    found = leaves("title", "红楼梦", index, before=1, most=3)
    assert found == [Leaf("柑橘栽培技术", 1), Leaf("红楼梦", 2), Leaf("红楼梦魇", 1)]


def test_a_name_of_one_letter_is_a_leaf_like_any_other(titles, index, settings):
    county.bib("阿Q正传", author="Q")
    rebuild(settings.SEARCH_INDEX)
    assert leaves("author", "Q", index, before=0, most=1) == [Leaf("Q", 0)]
