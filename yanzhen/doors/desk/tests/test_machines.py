"""The main library's pages about self-service machines."""

import re

import pytest

from tests import county as makers
from yanzhen.doors.sip2 import terminals
from yanzhen.doors.sip2.models import Terminal, TerminalDay
from yanzhen.doors.sip2.wire import Checksum, Wire
from yanzhen.groundwork import clock
from yanzhen.groundwork.models import AuditEntry

pytestmark = pytest.mark.django_db

BASE = "/desk/main-library/machines/"
SETTINGS = {
    "name": "一楼借还机", "node": "zhonghe", "charset": "gb18030", "counting": "points",
    "reach": "ay", "screen_width": "40", "addresses": "10.1.0.0/24", "institution": "",
}  # fmt: skip


@pytest.fixture
def director(client, place):
    client.force_login(makers.account("hub", place.hub, "director"))
    return client


@pytest.fixture
def machine(place) -> Terminal:
    return terminals.add_terminal(
        "sip-1", "old-password", node=place.zhonghe, by=makers.staff(place.hub, "director"),
        at=makers.MONDAY, name="旧机器",
    )  # fmt: skip


def given(page: str) -> str:
    return re.search(r'<p class="given">([^<]+)</p>', page)[1]


def test_a_new_machine_comes_in_with_the_password_shown_once(director, place):
    page = director.post(f"{BASE}new/", {**SETTINGS, "account": "sip-zhonghe-1"})
    assert page["Cache-Control"] == "no-store"
    secret = given(page.content.decode())
    machine = terminals.come_in("sip-zhonghe-1", secret, "10.1.0.9", makers.MONDAY)
    assert machine.node == place.zhonghe
    assert machine.wire == Wire("gb18030", Checksum.POINTS, machine.wire.trailer)
    for shown in (director.get(BASE), director.get(f"{BASE}{machine.pk}/")):
        assert secret not in shown.content.decode()
    assert "一楼借还机" in director.get(BASE).content.decode()
    assert secret not in str(list(AuditEntry.objects.values()))


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"account": ""}, "请填账号。"),
        ({"account": "一号机"}, "账号只能用字母、数字和横线。"),
        ({"account": "sip-1"}, "已经有一台机器用这个账号。"),
        ({"addresses": "隔壁"}, "有一个地址看不懂。"),
        ({"screen_width": "3"}, "请填 20 到 255 的整数。"),
        ({"name": ""}, "请给机器起个名字。"),
    ],
)
def test_a_refused_form_keeps_what_was_typed(director, machine, wrong, told):
    typed = {**SETTINGS, "account": "sip-2", "institution": "CN-512002-1", **wrong}
    page = director.post(f"{BASE}new/", typed).content.decode()
    assert told in page
    assert "CN-512002-1" in page
    assert Terminal.objects.count() == 1


def test_settings_are_changed_and_written_down(director, machine, place):
    assert director.post(f"{BASE}{machine.pk}/", SETTINGS).status_code == 302
    machine.refresh_from_db()
    assert (machine.name, machine.charset, machine.screen_width) == ("一楼借还机", "gb18030", 40)
    assert AuditEntry.objects.order_by("pk").last().action == "terminal.changed"
    page = director.get(f"{BASE}{machine.pk}/").content.decode()
    assert "GB18030，按字符编号，算到 AY 之前" in page


def test_a_machine_is_kept_out_and_let_in_and_given_a_new_password(director, machine):
    director.post(f"{BASE}{machine.pk}/blocking/", {"active": "0"})
    assert not Terminal.objects.get().active
    assert "已停用" in director.get(BASE).content.decode()
    director.post(f"{BASE}{machine.pk}/blocking/", {"active": "1"})
    secret = given(director.post(f"{BASE}{machine.pk}/password/").content.decode())
    assert terminals.come_in("sip-1", "old-password", "", makers.MONDAY) is None
    assert terminals.come_in("sip-1", secret, "", makers.MONDAY)


def test_what_was_learned_is_shown_the_best_first_and_adopted(director, machine):
    points, octets = Wire("gbk", Checksum.POINTS), Wire("gbk", Checksum.BYTES)
    Terminal.objects.update(
        learning=True, learned={"frames": 9, "telling": 3, "fits": {octets.told: 1, points.told: 3}}
    )
    page = director.get(f"{BASE}{machine.pk}/").content.decode()
    assert "收到 9 条消息，其中 3 条带汉字。" in page
    assert page.index("3 / 3") < page.index("1 / 3")
    director.post(f"{BASE}{machine.pk}/wire/", {"wire": points.told})
    machine.refresh_from_db()
    assert (machine.wire, machine.learning) == (points, False)
    assert director.post(f"{BASE}{machine.pk}/wire/", {"wire": "x"}).status_code == 404


def test_the_list_tells_what_came_today(director, machine):
    TerminalDay.objects.create(terminal=machine, day=clock.today(), frames=1234, errors=56)
    page = director.get(BASE).content.decode()
    assert "1234" in page
    assert ">56<" in page


def test_a_branch_sees_no_machine_and_a_machine_of_nobodys_is_not_there(client, director, place):
    assert director.get(f"{BASE}999/").status_code == 404
    client.force_login(makers.account("clerk", place.zhonghe))
    assert client.get("/desk/zhonghe/machines/").status_code == 403
    assert "自助机" not in client.get("/desk/zhonghe/areas/").content.decode()
