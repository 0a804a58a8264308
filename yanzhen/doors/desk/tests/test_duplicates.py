import pytest
from django.urls import reverse

from tests import county
from yanzhen.library.holdings.models import Copy
from yanzhen.library.merging.models import TitleMerge, TwoTitles


@pytest.fixture
def pair(place):
    same = {"isbn13": "9787020002207", "year": 2008}
    return county.bib("红楼梦", **same), county.bib("红楼梦", **same)


@pytest.fixture
def cataloguer(client, place):
    client.force_login(county.account("bianmu", place.hub, "librarian"))
    return client


def at(name, *arguments):
    return reverse(f"desk:{name}", args=["main-library", *arguments])


def test_a_pair_is_merged_and_the_merge_undone(cataloguer, place, pair):
    kept, gone = pair
    copy = county.copy(place, title=gone)
    compare = at("compare-titles", kept.pk, gone.pk)
    assert compare in cataloguer.get(at("duplicates")).content.decode()
    assert copy.barcode in cataloguer.get(compare).content.decode()
    page = cataloguer.post(compare, {"decision": "merge"}, follow=True).content.decode()
    assert "已合并" in page
    assert Copy.objects.get().bib_id == kept.pk
    assert cataloguer.get(reverse("portal:record", args=[gone.pk]))["Location"] == reverse(
        "portal:record", args=[kept.pk]
    )
    cataloguer.post(at("undo-merge", TitleMerge.objects.get().pk))
    assert Copy.objects.get().bib_id == gone.pk


def test_two_titles_are_not_listed_again(cataloguer, pair):
    kept, gone = pair
    cataloguer.post(at("compare-titles", kept.pk, gone.pk), {"decision": "two"})
    assert TwoTitles.objects.count() == 1
    assert (
        at("compare-titles", kept.pk, gone.pk)
        not in cataloguer.get(at("duplicates")).content.decode()
    )


def test_a_title_is_not_compared_with_itself(cataloguer, pair):
    assert cataloguer.get(at("compare-titles", pair[0].pk, pair[0].pk)).status_code == 422


def test_a_branch_merges_nothing(client, place, pair):
    client.force_login(county.account("zhonghe", place.zhonghe, "librarian"))
    for name, arguments in (("duplicates", []), ("compare-titles", [pair[0].pk, pair[1].pk])):
        address = reverse(f"desk:{name}", args=["zhonghe", *arguments])
        assert client.get(address).status_code == 403
        assert client.post(address, {"decision": "merge"}).status_code in (403, 405)
    assert not TitleMerge.objects.exists()
