"""Copy cataloguing at the desk, against servers that really listen."""

from html import unescape

import pytest
from django.urls import reverse

from tests import county
from tests.county import MONDAY
from yanzhen.library.catalogue.marc.tests.makers import chinese
from yanzhen.library.catalogue.models import BibRecord, Proposal
from yanzhen.library.catalogue.record_editing import add_record
from yanzhen.library.cataloguing import passwords
from yanzhen.library.cataloguing.models import FoundRecord, Intake, Target
from yanzhen.library.cataloguing.tests.makers import response, target
from yanzhen.library.cataloguing.tests.servers import http, saying, speaking

ISBN = "978-7-02-000220-7"
HUB = "main-library"
SETTINGS = {
    "name": "某馆", "kind": "z3950", "address": "z3950.example.cn", "port": "210",
    "database": "UCS01U", "syntax": "cnmarc", "charset": "gbk", "version": "1.2", "seconds": "10",
    "position": "1",
}  # fmt: skip


@pytest.fixture
def cataloguer(client, place):
    client.force_login(county.account("bianmu", place.hub, "librarian"))
    return client


@pytest.fixture
def branch(client, place):
    client.force_login(county.account("zhonghe", place.zhonghe))
    return client


def url(name: str, *more, node: str = HUB) -> str:
    return reverse(f"desk:{name}", args=[node, *more])


def page(answer) -> str:
    return unescape(answer.content.decode())


def ask(client, node: str = HUB, *, term: str = ISBN):
    with speaking(http(response(chinese()))) as port:
        made = Target.objects.first() or target("省馆", port=port)
        Target.objects.filter(pk=made.pk).update(address=f"http://127.0.0.1:{port}/sru")
        return client.post(url("copying", node=node), {"field": "isbn", "term": term}, follow=True)


def test_a_book_is_found_looked_at_and_taken_in(cataloguer):
    assert "红楼梦" in page(ask(cataloguer))
    found = FoundRecord.objects.get()
    seen = page(cataloguer.get(url("copy-record", found.pk)))
    assert "本馆没有题名、ISBN、年份都相同的书" in seen
    assert "四大家族" in seen
    assert "200 1#$a红楼梦" in seen
    assert "字段 905 写的是对方的馆藏" in seen
    answer = cataloguer.post(url("take-record", found.pk), follow=True)
    bib = BibRecord.objects.get()
    assert answer.redirect_chain[-1][0] == url("edit-record", bib.pk)
    assert "来源已记下" in page(answer)
    assert Intake.objects.get().target_name == "省馆"
    assert "取自省馆（新增）" in page(cataloguer.get(url("copy-record", found.pk)))


def test_what_we_have_is_said_before_and_refused_after(cataloguer, place):
    bib = add_record(chinese().replacing("330"), by=county.staff(place.hub), at=MONDAY)
    assert "本馆已有" in page(ask(cataloguer))
    found = FoundRecord.objects.get()
    seen = page(cataloguer.get(url("copy-record", found.pk)))
    assert "加 330" in seen.replace("<ins><b>", "").replace("</b>", "")
    refused = cataloguer.post(url("take-record", found.pk))
    assert "馆里已有这种书" in page(refused)
    cataloguer.post(url("replace-by-record", found.pk), {"bib": bib.pk, "revision": "0"})
    bib.refresh_from_db()
    assert "330" in bib.marc


def test_what_we_have_word_for_word_asks_for_nothing(cataloguer, place):
    ask(cataloguer)
    found = FoundRecord.objects.get()
    cataloguer.post(url("take-record", found.pk))
    seen = page(cataloguer.get(url("copy-record", found.pk)))
    assert "两条一字不差，什么也不用做。" in seen
    assert url("replace-by-record", found.pk) not in seen


@pytest.mark.parametrize("posted", [{}, {"bib": "x"}, {"bib": "9" * 40}])
def test_replacing_nothing_is_not_found(cataloguer, posted):
    ask(cataloguer)
    answer = cataloguer.post(url("replace-by-record", FoundRecord.objects.get().pk), posted)
    assert answer.status_code == 404


def test_a_branch_proposes_and_keeps_what_it_typed(branch):
    ask(branch, "zhonghe")
    found = FoundRecord.objects.get()
    send = url("propose-record", found.pk, node="zhonghe")
    assert "还没有写为什么" in page(branch.post(send, {"reason": " "}))
    assert branch.post(url("take-record", found.pk, node="zhonghe")).status_code == 403
    branch.post(send, {"reason": "读者捐的"})
    proposal = Proposal.objects.get()
    assert (proposal.reason, proposal.node.code) == ("读者捐的", "zhonghe")
    assert not BibRecord.objects.exists()


def test_nobody_sees_what_another_has_found(cataloguer, client, place):
    ask(cataloguer)
    found = FoundRecord.objects.get()
    client.force_login(county.account("other", place.hub, "librarian"))
    assert client.get(url("copy-record", found.pk)).status_code == 404
    assert client.get(url("copy-search", found.search_id)).status_code == 404


def test_a_bad_target_is_told_beside_the_good_one(cataloguer):
    target("坏馆", port=9, position=5)
    with speaking(saying(b"\x00\xff")) as port:
        target("乱馆", port=port, position=6)
        with speaking(http(response(chinese()))) as good:
            target("好馆", port=good)
            answer = cataloguer.post(
                url("copying"), {"field": "title", "term": "红楼梦"}, follow=True
            )
    seen = page(answer)
    assert "连不上：那个端口没有程序应答。" in seen
    assert "答的不是 SRU。" in seen
    assert "查到 1 条。" in seen


def test_a_question_that_cannot_be_asked_stays_in_the_form(cataloguer):
    answer = ask(cataloguer, term="不是号码")
    assert "这不是一个 ISBN" in page(answer)
    assert "不是号码" in page(answer)


@pytest.mark.parametrize("posted", [{}, {"field": "x", "term": "a"}, {"term": "a" * 5000}])
def test_what_no_form_sends_is_answered_in_words(cataloguer, posted):
    target()
    assert cataloguer.post(url("copying"), posted).status_code == 200


def test_opening_the_page_contacts_nobody(cataloguer):
    heard = []
    with speaking(http(response()), heard) as port:
        made = target(port=port)
        for address in (url("copying"), url("targets"), url("target", made.pk)):
            assert cataloguer.get(address).status_code == 200
    assert heard == []


def test_the_main_house_adds_a_target_and_tries_it(cataloguer):
    answer = cataloguer.post(
        url("new-target"), {**SETTINGS, "account": "shouguan", "password": "mima-9876"}, follow=True
    )
    made = Target.objects.get()
    assert (made.isbn_index, made.title_index, made.active) == ("7", "4", False)
    assert passwords.kept(made.pk) == "mima-9876"
    assert "mima-9876" not in page(answer)
    assert "已经存着一个" in page(answer)
    with speaking(http(response(chinese()))) as port:
        sru = {**SETTINGS, "kind": "sru", "address": f"http://127.0.0.1:{port}/sru"}
        cataloguer.post(url("target", made.pk), {**sru, "isbn_index": "bath.isbn"})
        tried = cataloguer.post(
            url("try-target", made.pk), {"field": "isbn", "term": ISBN}, follow=True
        )
    assert "第一条是《红楼梦》，CNMARC 格式" in page(tried)


def test_a_refused_target_keeps_all_but_the_password(cataloguer):
    posted = {**SETTINGS, "address": "a b", "password": "mima-9876", "note": "问过王老师"}
    seen = page(cataloguer.post(url("new-target"), posted))
    assert "不是主机名" in seen
    assert "问过王老师" in seen
    assert "mima-9876" not in seen


def test_a_target_is_taken_off_the_list(cataloguer):
    made = target("旧馆")
    assert "旧馆" in page(cataloguer.post(url("remove-target", made.pk), follow=True))
    assert not Target.objects.exists()


def test_a_branch_does_not_see_the_targets(branch):
    made = target()
    for name, more in (("targets", []), ("new-target", []), ("target", [made.pk])):
        assert branch.get(url(name, *more, node="zhonghe")).status_code == 403
    for name in ("try-target", "remove-target"):
        assert branch.post(url(name, made.pk, node="zhonghe")).status_code == 403


def test_without_yaz_the_page_says_what_to_install(cataloguer, monkeypatch):
    target("甲", "z3950")
    monkeypatch.setenv("PATH", "/nowhere")
    assert "apt install yaz" in page(cataloguer.get(url("targets")))
