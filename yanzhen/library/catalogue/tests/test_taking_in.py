"""Files as they come: what is new is added, what is there stays, what is broken is told."""

import csv
import datetime as dt
from itertools import zip_longest

import pytest

from tests import county
from tests.county import MONDAY
from yanzhen.groundwork.models import AuditEntry, Fact
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.catalogue import aside, preparing, reporting, taking_in
from yanzhen.library.catalogue.invariants import INVARIANTS
from yanzhen.library.catalogue.marc import xml
from yanzhen.library.catalogue.marc.record import Record
from yanzhen.library.catalogue.marc.tests.makers import chinese, english
from yanzhen.library.catalogue.marc.tests.makers import iso as in_code
from yanzhen.library.catalogue.models import BibRecord, ImportRun
from yanzhen.library.catalogue.tests.makers import (
    UNTITLED,
    annotated,
    file,
    iso,
    many,
    on_disk,
    titles,
)


@pytest.fixture
def take(librarian):
    def take(content, **options):
        whole = content if not isinstance(content, bytes) else file(content)
        return taking_in.take_in(whole, file_name="书.mrc", by=librarian, at=MONDAY, **options)

    return take


def _sound() -> bool:
    return [sentence for check in INVARIANTS for sentence in check()] == []


def test_new_titles_are_added_with_everything_derived(take):
    run = take(iso(chinese(), english()))
    assert (run.added, run.matched, run.damaged) == (2, 0, 0)
    first, second = BibRecord.objects.order_by("id")
    assert (run.first_id, run.last_id) == (first.pk, second.pk)
    assert (first.title, first.author, first.publisher) == ("红楼梦", "曹雪芹", "人民文学出版社")
    assert (first.isbn13, first.clc, first.year) == ("9787020002207", "I242.4", 2008)
    assert (first.flavour, second.flavour, first.source) == ("cnmarc", "marc21", "书.mrc")
    assert "cao xue qin" in Record.loads(first.marc).first("701", "A")
    assert _sound()


def test_the_same_file_again_adds_nothing(take):
    content = iso(*many(30), chinese())
    assert take(content).added == 31
    again = take(content)
    assert (again.added, again.matched) == (0, 31)
    assert BibRecord.objects.count() == 31
    assert Fact.objects.filter(kind="RecordsAdded").count() == 1


def test_a_title_twice_in_the_file_is_added_once(take):
    run = take(iso(chinese(), annotated(chinese(), "又一条")))
    assert (run.added, run.matched) == (1, 1)
    assert [(line["number"], line["outcome"]) for line in run.report] == [(2, "twice")]


def test_a_title_without_anything_to_match_on_matches_nothing(take, place):
    county.bib("无键", match_key="")
    run = take(iso(UNTITLED, UNTITLED, chinese()))
    assert (run.added, run.damaged) == (1, 2)
    assert "没有题名" in run.report[0]["note"]


def test_what_is_there_is_kept_or_replaced_as_asked(take):
    take(iso(chinese()))
    bib = BibRecord.objects.get()
    changed = iso(annotated(chinese(), "新的附注"))
    kept = take(changed)
    assert (kept.matched, kept.replaced) == (1, 0)
    assert "新的附注" not in BibRecord.objects.get().marc
    replaced = take(changed, on_match="replace")
    assert (replaced.matched, replaced.replaced) == (1, 1)
    bib.refresh_from_db()
    assert "新的附注" in bib.marc
    assert Fact.objects.get(kind="RecordsReplaced").body == {"bib_ids": [bib.pk]}
    assert take(changed, on_match="replace").replaced == 0


def test_a_deleted_title_can_come_again(take):
    take(iso(chinese()))
    BibRecord.objects.update(deleted_at=MONDAY)
    assert take(iso(chinese())).added == 1


def test_a_dry_run_changes_nothing_and_tells_the_same(take):
    take(iso(chinese()))
    content = iso(*titles("甲", "乙", "甲"), chinese(), UNTITLED)
    tried = take(content, dry_run=True)
    assert BibRecord.objects.count() == 1
    assert ImportRun.objects.get(pk=tried.pk).dry_run
    done = take(content)
    names = ("added", "matched", "damaged", "encodings", "report_lines")
    assert [getattr(tried, name) for name in names] == [getattr(done, name) for name in names]


def test_a_dry_run_remembers_over_batches(take, monkeypatch):
    monkeypatch.setattr(preparing, "MOST_RECORDS", 2)
    run = take(iso(*titles("甲", "乙", "丙", "甲", "丁")), dry_run=True)
    assert (run.added, run.matched) == (4, 1)


@pytest.mark.parametrize("readers", [2, 3])
def test_several_readers_together_give_what_one_gives(monkeypatch, readers):
    monkeypatch.setattr(preparing, "MOST_RECORDS", 2)
    content = iso(*titles(*"甲乙丙丁戊己庚"), UNTITLED) + b"no record, but letters\x1d"
    one = list(preparing.batches(file(content), "auto"))
    shares = [
        list(preparing.batches(file(content), "auto", share=(which, readers)))
        for which in range(readers)
    ]
    in_turn = [batch for turn in zip_longest(*shares) for batch in turn if batch]
    assert in_turn == one
    assert len(one) == 5


def test_damaged_records_are_told_and_the_rest_is_taken(take):
    content = iso(*titles("甲"))
    run = take(content + b"garbage that is no record at all\x1d" + iso(*titles("乙")))
    assert (run.added, run.damaged) == (2, 1)
    (line,) = run.report
    assert (line["number"], line["outcome"], line["bib_id"]) == (2, "damaged", None)
    assert line["offset"] == len(content)
    assert "不像 MARC 记录" in line["note"]


def test_a_file_cut_short_gives_what_it_has(take):
    run = take(iso(*many(3))[:-40])
    assert (run.added, run.damaged) == (2, 1)
    assert "中间断了" in run.report[0]["note"]


@pytest.mark.parametrize("code", ["gbk", "gb18030", "utf-8"])
def test_the_encoding_is_found(take, code):
    run = take(in_code(chinese(), code) + in_code(titles("数学与生活")[0], code))
    assert set(run.encodings) == {"utf-8" if code == "utf-8" else "gb18030"}
    assert {bib.title for bib in BibRecord.objects.all()} == {"红楼梦", "数学与生活"}


def test_marcxml_is_the_same_titles(take):
    records = [chinese(), english(), *many(3)]
    take(iso(*records))
    assert take(b"".join(xml.collection(records))).matched == 5


def test_a_null_character_is_stored_on_every_database(take):
    record = chinese("红\x00楼梦")
    take(iso(record))
    bib = BibRecord.objects.get()
    assert bib.title == "红楼梦"
    assert Record.loads(bib.marc).first("200", "a") == "红\x00楼梦"
    assert _sound()


@pytest.mark.parametrize(
    "content",
    [b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)) * 40, b"x" * 3_000_000, b"<html></html>",
     b"%PDF-1.7 \x1d \x1e " * 4000, iso(UNTITLED)],
    ids=["jpeg", "letters", "html", "pdf", "untitled"],
)  # fmt: skip
def test_what_is_no_marc_file_is_refused_in_words(take, content):
    with pytest.raises(Refused, match="not-marc") as refused:
        take(content)
    assert "书.mrc" in refused.value.message
    assert refused.value.remedy
    run = ImportRun.objects.get()
    assert (run.added, run.ended_at is not None) == (0, True)


def test_garbage_is_not_read_to_its_end(take):
    garbage = file(b"neither head nor tail, and more than a leader\x1d" * 400_000)
    with pytest.raises(Refused, match="not-marc"):
        take(garbage)
    assert garbage.tell() < 3_000_000


@pytest.mark.parametrize("name", ["missing.mrc", "folder", "empty.mrc"])
def test_a_file_that_cannot_be_opened_is_told_before_anything_begins(take, tmp_path, name):
    (tmp_path / "folder").mkdir()
    (tmp_path / "empty.mrc").touch()
    with pytest.raises(Refused, match="file-unreadable") as refused:
        take(tmp_path / name)
    assert name in refused.value.message
    assert not ImportRun.objects.exists()


def test_an_unknown_encoding_is_refused(take):
    with pytest.raises(Refused, match="encoding-unknown"):
        take(iso(chinese()), encoding="rot13")


def test_only_the_main_house_takes_in(place):
    for node, kind in ((place.zhonghe, "culture_officer"), (place.zhonghe, "librarian")):
        with pytest.raises(Refused) as refused:
            taking_in.take_in(
                file(iso(chinese())), file_name="x", by=county.staff(node, kind), at=MONDAY
            )
        assert refused.value.status == 403
    assert not ImportRun.objects.exists()


def test_an_interruption_keeps_what_came_before_and_is_told(take, monkeypatch):
    monkeypatch.setattr(preparing, "MOST_RECORDS", 2)

    class Broken(type(file())):
        def read(self, size=-1):
            if self.tell() >= 1_000_000:
                raise OSError("input/output error")
            return super().read(min(size, 1000) if size else size)

    content = iso(*many(3000))
    with pytest.raises(Refused, match="import-interrupted"):
        take(Broken(content[:1_000_500]))
    run = ImportRun.objects.get()
    assert run.added == BibRecord.objects.count() > 0
    assert run.fault
    told = Fact.objects.get(kind="RecordsAdded").body
    assert told == {"first_id": run.first_id, "last_id": run.last_id, "indexed": False}
    assert take(content).added == 3000 - run.added
    assert BibRecord.objects.count() == 3000


def test_one_audit_line_and_facts_in_portions(take, monkeypatch):
    monkeypatch.setattr(taking_in, "SPREAD", 10)
    run = take(iso(*many(25)))
    line = AuditEntry.objects.get(action="records.imported")
    assert line.subject == f"import:{run.pk}"
    assert line.detail["added"] == 25
    told = [fact.body for fact in Fact.objects.order_by("id")]
    assert told[0]["first_id"] == run.first_id
    assert [each["last_id"] + 1 for each in told[:-1]] == [each["first_id"] for each in told[1:]]
    assert told[-1]["last_id"] == run.last_id


def test_a_run_that_was_killed_is_settled(take):
    run = take(iso(*many(3)))
    Fact.objects.all().delete()
    ImportRun.objects.update(ended_at=None)
    assert taking_in.settle_abandoned(at=MONDAY) == 0
    assert taking_in.settle_abandoned(at=MONDAY + dt.timedelta(hours=1)) == 1
    assert taking_in.settle_abandoned(at=MONDAY + dt.timedelta(hours=1)) == 0
    told = Fact.objects.get(kind="RecordsAdded").body
    assert told == {"first_id": run.first_id, "last_id": run.last_id, "indexed": False}


def test_a_long_report_is_a_file_and_its_important_lines_stay(take, monkeypatch):
    monkeypatch.setattr(preparing, "MOST_RECORDS", 100)
    content = iso(*many(450))
    take(content)
    run = take(content[:-40])
    assert (run.report_lines, len(run.report)) == (450, reporting.MOST_LINES)
    assert run.report[-1]["outcome"] == "damaged"
    with reporting.report_path(run).open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.reader(lines))
    assert [int(row[0]) for row in rows[1:]] == list(range(1, 451))
    assert rows[1][2] == "馆里已有"


def test_a_large_file_is_read_in_a_process_of_its_own(take, tmp_path, monkeypatch):
    monkeypatch.setattr(taking_in, "ASIDE", 0)
    heard = []
    path = on_disk(tmp_path, iso(*many(40), chinese()))
    run = take(path, progress=heard.append)
    assert run.added == 41
    assert heard[-1] == path.stat().st_size


def test_a_reading_process_that_dies_is_noticed(take, tmp_path, monkeypatch):
    monkeypatch.setattr(taking_in, "ASIDE", 0)
    monkeypatch.setattr(aside, "_LOOK", 0.05)
    path = on_disk(tmp_path, iso(*many(3)))
    with pytest.raises(Refused, match="import-interrupted"):
        take(path, entry=_die, feed=_Feed())
    assert ImportRun.objects.get().fault


def _die(title, derived):
    import os

    os._exit(3)


class _Feed:
    """Keeps what it is fed."""

    def __init__(self, trouble: Exception | None = None):
        self.fed: list[tuple] = []
        self.trouble = trouble

    def __enter__(self):
        return lambda bib_id, entry: self.fed.append((bib_id, entry))

    def __exit__(self, *raised):
        if self.trouble:
            raise self.trouble


def _named(title, derived):
    return title.title, derived.subjects


def test_new_titles_are_fed_to_the_index_with_their_ids(take):
    take(iso(chinese("甲")))
    feed = _Feed()
    run = take(iso(chinese("甲"), chinese("乙")), entry=_named, feed=feed)
    assert feed.fed == [(run.first_id, ("乙", ["章回小说—中国—清代"]))]
    assert Fact.objects.order_by("id").last().body["indexed"] is True


def test_when_the_index_fails_the_facts_say_so(take):
    with pytest.raises(ZeroDivisionError):
        take(iso(chinese()), entry=_named, feed=_Feed(ZeroDivisionError()))
    assert BibRecord.objects.count() == 1
    assert Fact.objects.get().body["indexed"] is False
