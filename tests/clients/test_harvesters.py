"""Sickle and oaipmh-scythe harvest everything, while titles change under them."""

import subprocess
import time
from collections.abc import Iterator

import pytest
from oaipmh_scythe import RetryConfig, Scythe
from sickle import Sickle

from tests.journeys.running import COMMAND, Site

OFFERS = "SELECT bib_id, deleted FROM harvest_offer"
PREFIXES = ("oai_dc", "marcxml")


Seen = tuple[str, str, bool]


def sickle(site: Site, **asked) -> Iterator[Seen]:
    """(identifier, datestamp, deleted) of every record, as Sickle tells them."""
    for record in Sickle(f"{site.url}/oai", max_retries=5).ListRecords(**asked):
        yield record.header.identifier, record.header.datestamp, record.header.deleted


def scythe(site: Site, **asked) -> Iterator[Seen]:
    names = {"metadataPrefix": "metadata_prefix", "from": "from_", "set": "set_"}
    given = {names.get(name, name): value for name, value in asked.items()}
    with Scythe(f"{site.url}/oai", retry_config=RetryConfig(max_retries=5)) as harvester:
        for record in harvester.list_records(**given):
            yield record.header.identifier, record.header.datestamp, record.header.deleted


def slowly(records: Iterator[Seen]) -> Iterator[Seen]:
    """As a harvester that has something to do with every record."""
    for record in records:
        time.sleep(0.008)
        yield record


CLIENTS = pytest.mark.parametrize("client", [sickle, scythe])


def in_database(site: Site) -> dict[str, bool]:
    """What there is to harvest: identifier, and whether it is deleted."""
    return {f"oai:yanzhen.example:{bib}": bool(gone) for bib, gone in site.rows(OFFERS)}


@CLIENTS
@pytest.mark.parametrize("prefix", PREFIXES)
def test_everything_from_the_start(site, client, prefix):
    seen = list(client(site, metadataPrefix=prefix))
    assert {name: gone for name, _, gone in seen} == in_database(site)
    assert len(seen) == len(in_database(site))
    (living,) = site.rows("SELECT COUNT(*) FROM catalogue_bibrecord WHERE deleted_at IS NULL")
    assert sum(not gone for _, _, gone in seen) == living[0] > 200


@CLIENTS
def test_nothing_is_lost_while_titles_change(site, client):
    """The harvest, then one from its own date, while another process changes titles all along."""
    begun = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    with subprocess.Popen(
        [COMMAND[0], "-m", "tests.clients.changing", "100"], env=site.environment, cwd=site.root,
        stdout=subprocess.PIPE,
    ) as changing:  # fmt: skip
        assert changing.stdout.readline() == b"begun\n"
        seen = list(slowly(client(site, metadataPrefix="oai_dc")))
        assert changing.wait(120) == 0
    assert len(seen) == len(set(seen)), "no version of a title comes twice"
    assert len(seen) > len({name for name, _, _ in seen}), "titles moved while we harvested"
    site.settled()
    store = {name: (stamp, gone) for name, stamp, gone in seen}
    later = list(client(site, **{"metadataPrefix": "oai_dc", "from": begun}))
    assert len(later) == len({name for name, _, _ in later}), "nothing moves now: nothing twice"
    assert 150 <= len(later) < len(in_database(site))
    store |= {name: (stamp, gone) for name, stamp, gone in later}
    whole = {name: (stamp, gone) for name, stamp, gone in client(site, metadataPrefix="oai_dc")}
    assert store == whole
    assert {name: gone for name, (_, gone) in whole.items()} == in_database(site)


@CLIENTS
def test_a_set(site, client):
    seen = list(client(site, metadataPrefix="marcxml", set="branch:zhonghe"))
    told = site.rows("SELECT COUNT(*) FROM harvest_membership WHERE spec = 'branch:zhonghe'")
    assert len(seen) == told[0][0] > 0


def test_what_the_clients_read_of_us(site):
    harvester = Sickle(f"{site.url}/oai")
    assert harvester.Identify().deletedRecord == "persistent"
    assert [each.metadataPrefix for each in harvester.ListMetadataFormats()][0] == "oai_dc"
    assert "branch:zhonghe" in [each.setSpec for each in harvester.ListSets()]
    first = next(iter(harvester.ListRecords(metadataPrefix="oai_dc")))
    assert harvester.GetRecord(
        identifier=first.header.identifier, metadataPrefix="oai_dc"
    ).metadata == first.metadata  # fmt: skip


def test_our_own_harvester_takes_it_all_into_another_county(site, tmp_path):
    """From one running server into a second, empty catalogue."""
    other = Site(tmp_path / "other")
    other.folder.mkdir()
    other.migrate()
    said = other.run("oai", "harvest", f"{site.url}/oai")
    living = sum(not gone for gone in in_database(site).values())
    assert f"收到 {living} 条" in said
    kept = other.rows("SELECT COUNT(*) FROM catalogue_bibrecord")[0][0]
    assert kept > 0.95 * living, "some records of the demo county share ISBN, title and year"
    again = other.run("oai", "harvest", f"{site.url}/oai")
    assert "新增 0 种" in again
    assert "以来收到" in again
