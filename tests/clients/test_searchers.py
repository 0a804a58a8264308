"""Debian's yaz-client finds and fetches records over SRU."""

import re
import subprocess

import pytest

from tools import yaz


@pytest.fixture(scope="module")
def client() -> str:
    found = yaz.find()
    if found is None:
        pytest.skip("这台机器上没有 yaz-client（Debian 的 yaz）")
    return found


def told(client: str, site, *commands: str) -> str:
    lines = [f"open http://127.0.0.1:{site.port}/sru", *commands, "quit", ""]
    done = subprocess.run(
        [client], input="\n".join(lines), capture_output=True, text=True, timeout=60, check=False
    )
    return done.stdout + done.stderr


@pytest.mark.parametrize("version", ["1.1", "1.2", "2.0"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_yaz_finds_and_fetches(client, site, method, version):
    said = told(client, site, f"sru {method} {version}", "schema marcxml",
                "find dc.title=红楼梦", "show 1")  # fmt: skip
    hits = re.search(r"Number of hits: (\d+)", said)
    assert hits, said
    assert int(hits[1]) > 0, said
    assert "红楼梦" in said.partition("Number of hits")[2], said
    assert 'xmlns="http://www.loc.gov/MARC21/slim"' in said, said


def test_yaz_reads_dublin_core(client, site):
    said = told(client, site, "sru get 1.2", "schema dc", 'find dc.creator = "鲁迅"', "show 1")
    assert "<dc:title>" in said, said
    assert "鲁迅" in said, said


def test_yaz_is_told_what_is_wrong(client, site):
    said = told(client, site, "sru get 1.2", "find dc.title prox x")
    assert "diagnostic" in said.lower(), said


def test_yaz_leafs_through_titles(client, site):
    said = told(client, site, "sru get 1.2", "scan dc.title=红楼梦")
    assert re.search(r"^红楼梦: [1-9]", said, re.MULTILINE), said


def test_yaz_is_told_which_indexes_can_be_leafed_through(client, site):
    said = told(client, site, "sru get 1.2", "explain")
    assert '<index search="true" scan="true" sort="true"><title>dc.title</title>' in said, said
