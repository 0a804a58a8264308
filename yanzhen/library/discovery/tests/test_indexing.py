"""The index heals, catches up, and is never seen half."""

import shutil
import threading

import pytest

from tests import county
from yanzhen.library.catalogue.models import BibRecord
from yanzhen.library.discovery import feed, indexing
from yanzhen.library.discovery.documents import Row
from yanzhen.library.discovery.index import Index, NoIndex, index_generation, read_current
from yanzhen.library.discovery.indexing import Busy, adding, catch_up, ensure, rebuild
from yanzhen.library.discovery.marking import mark_added, mark_bib
from yanzhen.library.discovery.models import IndexChange
from yanzhen.library.discovery.searching import Query, search


def total(index, q=""):
    return search(Query(q=q), index).total


@pytest.fixture
def root(settings):
    return settings.SEARCH_INDEX


def test_rebuild_says_how_far_it_is(titles, root):
    said = []
    assert rebuild(root, said.append) == 10
    assert said == [10]


def test_a_missing_index_heals(titles, root):
    with pytest.raises(NoIndex):
        Index(root).searcher()
    assert ensure(root)
    assert total(Index(root), "hlm") == 3


def test_a_wiped_index_heals_under_an_open_reader(index, root):
    shutil.rmtree(root)
    with pytest.raises(NoIndex):
        total(index)
    assert ensure(root)
    assert total(index) == 10


@pytest.mark.parametrize("harm", ["segments", "current", "version", "other database"])
def test_a_harmed_index_heals(index, root, harm):
    build = root / read_current(root).folder
    text = (root / "current.json").read_text()
    if harm == "segments":
        for file in build.glob("*.term"):
            file.unlink()
    elif harm == "current":
        (root / "current.json").write_text(text[:5])
    elif harm == "version":
        (root / "current.json").write_text(text.replace('"version": ', '"version": 9'))
    else:
        (root / "current.json").write_text(text.replace('"cursor": 0', '"cursor": 99'))
    assert not indexing.is_readable(root)
    assert ensure(root)
    assert total(Index(root)) == 10
    assert len(list(root.glob("build-*"))) == 1


def test_ensure_leaves_a_good_index_alone(index, root):
    before = index_generation(root)
    assert ensure(root)
    assert index_generation(root) == before != ""


def test_a_large_catalogue_is_indexed_in_the_background(titles, root, monkeypatch):
    begun = []
    monkeypatch.setattr(indexing, "AT_ONCE", 3)
    monkeypatch.setattr(indexing, "_rebuild_in_background", begun.append)
    assert not ensure(root)
    assert begun == [root]


def test_changes_are_caught_up_and_the_open_reader_sees_them(index, titles, place, root):
    before = index.generation()
    county.copy(place, at=place.hub, title=titles.citrus)
    added = county.bib("水稻病虫害图说", author="演示作者")
    BibRecord.objects.filter(pk=titles.dream.pk).update(deleted_at=county.MONDAY)
    BibRecord.objects.filter(pk=titles.other_dream.pk).update(title="石头记")
    mark_bib({"bib_id": titles.citrus.pk, "copy_id": 1})
    mark_bib({"bib_ids": [titles.dream.pk, titles.other_dream.pk, added.pk]})
    assert total(index, "石头记") == 0
    assert catch_up(root) == 4
    assert total(index, "石头记") == total(index, "水稻") == 1
    assert total(index, "红楼梦") == 0 or not search(Query(q="红楼梦 1996"), index).bib_ids[1:]
    assert search(Query(branch="main-library"), index).bib_ids == [titles.citrus.pk]
    assert total(index) == 10
    assert index.generation() != before
    assert catch_up(root) == 0


def test_applying_a_change_twice_does_no_harm(index, titles, root):
    mark_bib({"first_id": titles.all[0].pk, "last_id": titles.all[-1].pk})
    text = (root / "current.json").read_text()
    assert catch_up(root) == 10
    (root / "current.json").write_text(text)  # as after a crash between commit and note
    assert catch_up(root) == 10
    assert total(index) == 10


def test_what_changes_during_a_rebuild_comes_with_the_next_catch_up(titles, root, monkeypatch):
    real = indexing.living_rows

    def rows_and_a_change():
        yield from list(real())
        BibRecord.objects.filter(pk=titles.dream.pk).update(title="石头记")
        mark_bib({"bib_id": titles.dream.pk})

    monkeypatch.setattr(indexing, "living_rows", rows_and_a_change)
    rebuild(root)
    assert total(Index(root), "石头记") == 0
    assert catch_up(root) == 1
    assert total(Index(root), "石头记") == 1


def test_one_writer_at_a_time(index, root):
    with adding(root), pytest.raises(Busy):
        rebuild(root)
    with adding(root), pytest.raises(Busy):
        catch_up(root)


def test_a_build_that_breaks_changes_nothing(index, root, monkeypatch):
    def broken_rows():
        yield Row(1, "半本书")
        raise RuntimeError

    monkeypatch.setattr(indexing, "living_rows", broken_rows)
    with pytest.raises(RuntimeError):
        rebuild(root)
    assert total(index) == 10
    assert len(list(root.glob("build-*"))) == 1


def test_rows_are_added_in_bulk(index, root):
    with adding(root) as add:
        for number in range(3000):
            add(Row(100_000 + number, f"演示书名{number}", author="演示作者", year=2020))
        assert total(index) == 10
    assert total(index) == 3010


def test_readers_never_see_half_while_it_is_rebuilt(index, root):
    with adding(root, fresh=True) as add:
        for number in range(500):
            add(Row(number, "整本书"))
    seen, stop = set(), threading.Event()

    def read():
        while not stop.is_set():
            seen.add(total(index, "整本书"))

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for _ in range(5):
        with adding(root, fresh=True) as add:
            for number in range(500):
                add(Row(number, "整本书"))
    stop.set()
    for reader in readers:
        reader.join()
    assert seen == {500}


def test_marks_are_noted_for_every_form_of_body(db):
    mark_bib({"bib_id": 5})
    mark_bib({"bib_ids": [6, 7]})
    mark_bib({"first_id": 8, "last_id": 10})
    assert list(IndexChange.objects.values_list("bib_id", flat=True)) == [5, 6, 7, 8, 9, 10]


def test_added_titles_are_one_row_and_only_what_is_missing_is_written(index, titles, root):
    new = [county.bib(f"新到的书{number}") for number in range(4)]
    with adding(root) as add:  # as an import on this node does
        for one in new[:2]:
            add(Row(one.pk, one.title))
    BibRecord.objects.filter(pk=new[3].pk).update(deleted_at=county.MONDAY)
    mark_added({"first_id": new[0].pk, "last_id": new[3].pk})
    assert IndexChange.objects.count() == 1
    assert catch_up(root) == 1
    assert catch_up(root) == 0
    assert total(index, "新到的书") == 3


def test_an_import_reaches_the_index_of_every_node(index, titles, root, tmp_path):
    elsewhere = tmp_path / "another node"
    rebuild(elsewhere)
    new = [county.bib(f"新到的书{number}") for number in range(3)]
    with adding(root) as add:
        for one in new:
            add(Row(one.pk, one.title))
    mark_added({"first_id": new[0].pk, "last_id": new[2].pk})
    assert catch_up(elsewhere) == 3
    assert catch_up(root) == 0
    assert total(Index(elsewhere), "新到的书") == total(index, "新到的书") == 3


def test_a_commit_holds_not_too_many_titles(index, root, monkeypatch):
    monkeypatch.setattr(feed, "_TITLES_A_COMMIT", 20)
    for first in (1, 11, 21):
        mark_added({"first_id": first + 1000, "last_id": first + 1009})
    assert len(feed.changes_after(0)) == 2
    mark_added({"first_id": 2000, "last_id": 2999})
    last = IndexChange.objects.last().pk
    assert [change.pk for change in feed.changes_after(last - 1)] == [last]
