"""`yanzhen search reindex` from a pipe: one line, no bar."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from yanzhen.library.discovery.index import Index
from yanzhen.library.discovery.indexing import adding
from yanzhen.library.discovery.searching import Query, search


def test_reindex_builds_the_index_and_says_how_many(titles, settings):
    said = StringIO()
    call_command("search_reindex", stdout=said)
    assert said.getvalue() == "索引已建好，共 10 种。\n"
    assert search(Query(q="hlm"), Index(settings.SEARCH_INDEX)).total == 3


def test_reindex_refuses_while_another_writes(titles, settings):
    with adding(settings.SEARCH_INDEX), pytest.raises(CommandError, match="另一个程序"):
        call_command("search_reindex")
