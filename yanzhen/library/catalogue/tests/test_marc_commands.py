"""`yanzhen marc import` and `yanzhen marc export` from a pipe."""

import io
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.county import MONDAY
from yanzhen.library.catalogue import taking_in
from yanzhen.library.catalogue.marc import reading
from yanzhen.library.catalogue.marc.holdings905 import DEFAULT_MAPPING
from yanzhen.library.catalogue.marc.tests.makers import chinese
from yanzhen.library.catalogue.marc.tests.makers import iso as in_code
from yanzhen.library.catalogue.models import BibRecord, ImportRun
from yanzhen.library.catalogue.tests.makers import annotated, iso, many, on_disk, titles
from yanzhen.library.discovery.documents import entry_of
from yanzhen.library.discovery.index import Index
from yanzhen.library.discovery.indexing import adding, catch_up, rebuild
from yanzhen.library.discovery.marking import mark_bib
from yanzhen.library.discovery.rows import living_rows
from yanzhen.library.discovery.searching import Query, search
from yanzhen.library.holdings.models import Copy, HoldingsMapping


@pytest.fixture
def run_import(librarian, tmp_path):
    def run_import(content: bytes, *options: str) -> str:
        said = StringIO()
        call_command("marc_import", on_disk(tmp_path, content), *options, stdout=said)
        return said.getvalue()

    return run_import


def _found(text: str, settings) -> list[int]:
    return search(Query(q=text), Index(settings.SEARCH_INDEX)).bib_ids


def test_an_import_is_told_in_words_and_found_at_once(run_import, settings):
    said = run_import(in_code(chinese(), "gbk"))
    assert said.splitlines() == [
        "新增 1 种，已有 0 种，损坏 0 条。",
        "文件的编码：GB18030（含 GBK） 1 条。",
        "现在就能检索到它们。",
    ]  # fmt: skip
    assert _found("hongloumeng", settings) == [BibRecord.objects.get().pk]
    assert "新增 0 种，已有 1 种" in run_import(in_code(chinese(), "gbk"))
    assert ImportRun.objects.first().by_name.startswith("命令行")


@pytest.mark.parametrize("aside", [0, taking_in.ASIDE])
def test_the_index_is_the_one_a_rebuild_would_make(run_import, settings, monkeypatch, aside):
    monkeypatch.setattr(taking_in, "ASIDE", aside)
    monkeypatch.setattr("yanzhen.config.index_feed.adding_entries", _collecting(collected := {}))
    run_import(iso(chinese(), *many(3)))
    assert len(collected) == 4
    assert collected == {row.id: entry_of(row) for row in living_rows()}


def _collecting(entries: dict):
    class Adding:
        def __init__(self, root):
            pass

        def __enter__(self):
            return entries.__setitem__

        def __exit__(self, *raised):
            return None

    return Adding


def test_while_another_writes_the_index_the_titles_come_later(run_import, settings):
    rebuild(settings.SEARCH_INDEX)
    with adding(settings.SEARCH_INDEX):
        said = run_import(iso(chinese()))
    assert "后台程序" in said
    run = ImportRun.objects.get()
    assert not _found("hlm", settings)
    mark_bib({"first_id": run.first_id, "last_id": run.last_id})
    catch_up(settings.SEARCH_INDEX)
    assert _found("hlm", settings) == [run.first_id]


def test_a_dry_run_says_so_and_adds_nothing(run_import):
    assert run_import(iso(*many(3)), "--dry-run").startswith("这是试导入，什么也没有保存。")
    assert not BibRecord.objects.exists()


def test_replacing_is_counted_apart(run_import):
    run_import(iso(chinese()))
    said = run_import(iso(annotated(chinese(), "新"), *many(1)), "--on-match", "replace")
    assert "新增 1 种，已有 0 种，替换 1 种，损坏 0 条。" in said


def test_damaged_records_are_named_up_to_a_number(run_import):
    said = run_import(iso(chinese()) + b"no record, but a good many letters\x1d" * 25)
    assert "第 2 条" in said
    assert "  还有 5 条。" in said


@pytest.mark.parametrize(
    ("content", "sentence"), [(b"", "是空的"), (b"\xff\xd8\xff\xe0 JFIF" * 100, "不是 MARC 文件")]
)
def test_what_is_no_marc_file_ends_with_a_sentence(run_import, content, sentence):
    with pytest.raises(CommandError, match=sentence):
        run_import(content)


def test_what_is_exported_is_imported_again(run_import, tmp_path):
    run_import(iso(chinese(), *titles("数学", "物理")))
    for options in (["--encoding", "gb18030"], ["--format", "marcxml"]):
        said = StringIO()
        call_command("marc_export", tmp_path / "out", *options, stderr=said)
        assert "写出 3 种。" in said.getvalue()
        assert "已有 3 种" in run_import((tmp_path / "out").read_bytes())
    assert not list(tmp_path.glob("*.part"))


def test_some_titles_by_number_or_by_query(run_import, tmp_path):
    run_import(iso(*titles("数学", "物理")))
    mathematics = BibRecord.objects.get(title="数学").pk
    for options in (["--ids", f"{mathematics}"], ["--query", "shuxue"]):
        call_command("marc_export", tmp_path / "out", *options, stderr=StringIO())
        (taken,) = reading.read(io.BytesIO((tmp_path / "out").read_bytes()))
        assert taken.record.first("200", "a") == "数学"


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--ids", "x"], "书目号"), (["--query", "x"], "search reindex"),
        (["--format", "marcxml", "--encoding", "gbk"], "UTF-8"),
    ],
)  # fmt: skip
def test_an_export_that_cannot_be_is_refused_in_words(librarian, tmp_path, options, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("marc_export", tmp_path / "out", *options)
    with pytest.raises(CommandError, match="写不进去"):
        call_command("marc_export", tmp_path / "no" / "folder")


def test_copies_are_made_when_a_table_is_named(run_import, place):
    with pytest.raises(CommandError, match="没有叫“某书商”"):
        run_import(iso(chinese()), "--copies", "某书商")
    HoldingsMapping.objects.create(
        name="某书商", meanings=DEFAULT_MAPPING, places={"5120": "main-library"}, kind=place.book,
        changed_at=MONDAY, changed_by="王馆员",
    )  # fmt: skip
    said = run_import(iso(chinese()), "--copies", "某书商")
    assert "建册 2 册，早有 0 册，没有建 1 册。" in said
    assert "第 1 条《红楼梦》：馆代码“5121”不在对照表里。" in said
    assert set(Copy.objects.values_list("barcode", flat=True)) == {"YJ1", "YJ2"}
