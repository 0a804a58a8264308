import stat
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from tests import county
from tests.county import MONDAY
from yanzhen.groundwork.models import AuditEntry
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.cataloguing import passwords
from yanzhen.library.cataloguing.configuring import Wanted, put_target, remove_target
from yanzhen.library.cataloguing.models import Target
from yanzhen.library.cataloguing.searching import address_of

SRU = Wanted("国会图书馆", "sru", "http://lx2.loc.gov:210/LCDB", isbn_index="bath.isbn")
Z3950 = Wanted("某馆", "z3950", "z3950.example.cn", 210, "UCS01U", isbn_index="7")


@pytest.fixture
def by(place):
    return county.staff(place.hub)


def put(wanted, by, **more):
    return put_target(wanted, by=by, at=MONDAY, **more)


def code(wanted, by, **more) -> str:
    with pytest.raises(Refused) as refused:
        put(wanted, by, **more)
    return refused.value.code


def test_a_target_is_added_changed_and_removed(by):
    target = put(SRU, by)
    put(replace(SRU, seconds=20, active=True), by, target_id=target.pk)
    assert Target.objects.get().seconds == 20
    remove_target(target.pk, by=by, at=MONDAY)
    assert not Target.objects.exists()
    actions = AuditEntry.objects.order_by("id").values_list("action", flat=True)
    assert list(actions) == ["target.added", "target.changed", "target.removed"]


def test_only_the_main_house_keeps_the_list(place, by):
    target = put(SRU, by)
    branch = county.staff(place.zhonghe)
    assert code(Z3950, branch) in {"no-permission", "not-your-branch"}
    with pytest.raises(Refused):
        remove_target(target.pk, by=branch, at=MONDAY)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (replace(SRU, name=" "), "target-name-missing"),
        (replace(SRU, address="file:///etc/passwd"), "target-address-wrong"),
        (replace(SRU, address="lx2.loc.gov:210/LCDB"), "target-address-wrong"),
        (replace(SRU, address="http://u:p@lx2.loc.gov/"), "target-address-wrong"),
        (replace(SRU, address="http://lx2.loc.gov/a b"), "target-address-wrong"),
        (replace(SRU, address="http://lx2.loc.gov:99999/"), "target-address-wrong"),
        (replace(Z3950, address="unix:/run/x"), "target-host-wrong"),
        (replace(Z3950, address="host\nquit"), "target-host-wrong"),
        (replace(Z3950, address="a.cn/x @"), "target-host-wrong"),
        (replace(Z3950, port=0), "target-port-wrong"),
        (replace(Z3950, database="a b"), "target-database-wrong"),
        (replace(Z3950, database=""), "target-database-wrong"),
        (replace(Z3950, isbn_index="7 @or"), "target-index-wrong"),
        (replace(SRU, isbn_index="a = b"), "target-index-wrong"),
        (replace(SRU, isbn_index=""), "target-no-index"),
        (replace(SRU, seconds=61), "target-wait-wrong"),
        (replace(SRU, account="a b"), "target-account-wrong"),
    ],
)
def test_what_cannot_be_asked_is_refused(by, wanted, expected):
    assert code(wanted, by) == expected


def test_a_name_stands_for_one_target(by):
    put(SRU, by)
    assert code(replace(Z3950, name=SRU.name), by) == "target-name-taken"


def test_the_password_lies_in_a_file_of_the_server_and_nowhere_in_the_database(by, settings):
    wanted = replace(Z3950, account="shouguan")
    target = put(wanted, by, password="mima-9876")
    assert address_of(target).password == "mima-9876"
    assert "mima-9876" not in repr(address_of(target))
    file = Path(settings.TARGET_PASSWORDS) / str(target.pk)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    told = [*Target.objects.values(), *AuditEntry.objects.values()]
    assert "mima-9876" not in str(told)


def test_the_password_stays_until_another_is_given_and_goes_with_the_account(by):
    wanted = replace(Z3950, account="shouguan")
    target = put(wanted, by, password="mima-9876")
    put(replace(wanted, seconds=20), by, target_id=target.pk)
    assert passwords.kept(target.pk) == "mima-9876"
    put(replace(wanted, seconds=20), by, target_id=target.pk, password="xinmima-1")
    assert passwords.kept(target.pk) == "xinmima-1"
    put(Z3950, by, target_id=target.pk)
    assert passwords.kept(target.pk) == ""


@pytest.mark.parametrize("change", [{"address": "evil.example"}, {"port": 211}, {"account": "b"}])
def test_a_password_nobody_can_read_is_not_sent_elsewhere(by, change):
    wanted = replace(Z3950, account="shouguan")
    target = put(wanted, by, password="mima-9876")
    moved = replace(wanted, **change)
    assert code(moved, by, target_id=target.pk) == "target-password-again"
    put(moved, by, target_id=target.pk, password="xinmima-1")
    assert passwords.kept(target.pk) == "xinmima-1"


def test_a_removed_target_leaves_no_password(by):
    target = put(replace(Z3950, account="shouguan"), by, password="mima-9876")
    remove_target(target.pk, by=by, at=MONDAY)
    assert passwords.kept(target.pk) == ""


@pytest.mark.parametrize("values", [{"seconds": 0}, {"seconds": 61}, {"isbn_index": ""}])
def test_the_database_holds_it_too(by, values):
    target = put(SRU, by)
    with pytest.raises(IntegrityError), transaction.atomic():
        Target.objects.filter(pk=target.pk).update(**values)
