"""Fixtures every test may ask for."""

import os
from pathlib import Path

import pytest
from django.db import connection
from django.utils import translation

from tests import county as makers
from tests import template
from yanzhen.groundwork import audit, statements
from yanzhen.groundwork.generations import Kept
from yanzhen.library.holdings import guards
from yanzhen.library.withdrawal import guards as withdrawal_guards


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request):
    """Every process has a database of its own, copied from one that was migrated."""
    chosen = connection.settings_dict["TEST"]
    if connection.vendor == "sqlite":
        keeper = template.into_memory(connection.creation._get_test_db_name())
        yield
        keeper.close()
        return
    chosen["TEMPLATE"] = template.in_server(os.environ["DATABASE_URL"])
    worker = getattr(request.config, "workerinput", {}).get("workerid")
    if worker:
        chosen["NAME"] = f"test_yanzhen_{worker}"
    yield


@pytest.fixture
def place(db):
    """The small county of `tests/county.py`."""
    return makers.county()


@pytest.fixture
def _guards_back(django_db_setup, django_db_blocker):
    """Puts back what migrations made, once the database has been emptied."""
    yield
    with django_db_blocker.unblock():
        audit.install_guards()
        guards.install()
        withdrawal_guards.install()
        makers.default_hold_rule()


@pytest.fixture
def emptied_afterwards(_guards_back, transactional_db):
    """A test that really commits; takes the audit guards off so that all can be emptied."""
    yield
    statements.close_aside()
    audit.remove_guards()
    guards.remove()
    withdrawal_guards.remove()


@pytest.fixture(autouse=True)
def _in_chinese(settings):
    """A test that opened an English page must not leave the language to the next."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def _nothing_kept_from_the_last_test():
    for kept in Kept.everywhere:
        kept.forget()


@pytest.fixture(autouse=True)
def _fast_passwords(settings, tmp_path):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.SEARCH_INDEX = tmp_path / "search"
    settings.TARGET_PASSWORDS = tmp_path / "target-passwords"
    settings.YANZHEN_PAGE_CACHE_SECONDS = 0


def pytest_collection_modifyitems(items):
    """The long ones first, so that no process sits idle while another finishes."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def pytest_runtest_logreport(report):
    """Remember what was skipped, and why, over all the runs of one `make test`."""
    path = os.environ.get("TEST_SKIPS")
    if path and report.skipped and isinstance(report.longrepr, tuple):
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(f"{report.longrepr[2].removeprefix('Skipped: ')}\n")


def pytest_terminal_summary(terminalreporter):
    """The last run says in one block what the whole suite left out."""
    if "TEST_SKIPS_TELL" not in os.environ:
        return
    reasons = Path(os.environ["TEST_SKIPS"]).read_text("utf-8").splitlines()
    terminalreporter.section("没有跑的")
    for reason in sorted(set(reasons)):
        terminalreporter.line(f"{reasons.count(reason)} 项：{reason}")
    if not reasons:
        terminalreporter.line("没有，全都跑了。")
