"""The desk over HTTP: with htmx and without, for those it belongs to and those it does not."""

import pytest
from django.urls import reverse

from tests import county as makers
from yanzhen.groundwork import clock
from yanzhen.groundwork.models import AuditEntry
from yanzhen.library.circulation.lending import lend
from yanzhen.library.circulation.models import Loan, ReturnException
from yanzhen.library.holdings.models import Copy, Transit
from yanzhen.network.models import Node


@pytest.fixture
def clerk(place, client):
    client.force_login(makers.account("zhonghe", place.zhonghe))
    return client


def post(client, name, *args, htmx=False, **values):
    headers = {"HX-Request": "true"} if htmx else {}
    return client.post(reverse(f"desk:{name}", args=args), values, headers=headers)


def test_one_desk_is_opened_at_once(clerk):
    assert clerk.get(reverse("desk:choose")).url == reverse("desk:work", args=["zhonghe"])


def test_lend_and_undo_without_scripts(place, clerk):
    card, copy = makers.reader(place), makers.copy(place, at=place.zhonghe)
    answer = post(clerk, "scan", "zhonghe", code=copy.barcode, reader=card.person_id)
    page = clerk.get(answer.url)
    assert "已借出" in page.content.decode()
    assert "已借出" not in clerk.get(answer.url).content.decode(), "said once"
    loan = Loan.objects.get()
    post(clerk, "cancel-loan", "zhonghe", loan.pk)
    assert Copy.objects.get().state == "available"


def test_htmx_gets_the_board_alone(place, clerk):
    answer = post(clerk, "scan", "zhonghe", htmx=True, code=makers.reader(place).number)
    text = answer.content.decode()
    assert text.lstrip().startswith('<div id="board"')
    assert "张小禾" in text


def test_a_name_leads_to_the_readers(clerk):
    answer = post(clerk, "scan", "zhonghe", htmx=True, code="张小禾")
    assert answer.headers["HX-Redirect"].startswith(reverse("desk:readers", args=["zhonghe"]))


@pytest.mark.parametrize("name", ["work", "road", "exceptions", "readers"])
def test_another_branchs_desk_stays_shut(clerk, name):
    page = clerk.get(reverse(f"desk:{name}", args=["linjiang"]))
    assert page.status_code == 403
    assert "不归您管" in page.content.decode()


def test_a_loan_of_another_branch_is_not_undone(place, clerk, client):
    card, copy = makers.reader(place), makers.copy(place, at=place.linjiang)

    by = makers.staff(place.linjiang)
    done = lend(
        barcode=copy.barcode, card_number=card.number, node=place.linjiang, by=by, at=makers.MONDAY
    )
    answer = post(clerk, "cancel-loan", "zhonghe", done.loan_id, htmx=True)
    assert "不归您管" in answer.content.decode()
    assert Loan.objects.open().exists()


def test_an_exception_is_settled_with_a_sentence(place, clerk):
    post(clerk, "scan", "zhonghe", code="YJ00000000")
    row = ReturnException.objects.get()
    post(clerk, "settle", "zhonghe", "return", row.pk, note="  ")
    row.refresh_from_db()
    assert row.settled_at is None
    post(clerk, "settle", "zhonghe", "return", row.pk, note="外区图书，已退给读者")
    row.refresh_from_db()
    assert row.outcome == "外区图书，已退给读者"


def test_a_journey_is_aborted_with_a_reason(place, clerk):
    copy = makers.copy(place, at=place.linjiang)
    post(clerk, "scan", "zhonghe", code=copy.barcode)
    journey = Transit.objects.get()
    post(clerk, "cancel-transit", "zhonghe", journey.pk, note="")
    assert Transit.objects.on_the_road().exists()
    post(clerk, "cancel-transit", "zhonghe", journey.pk, note="误扫，书还在手上")
    assert not Transit.objects.on_the_road().exists()
    assert "没有要发出的" in clerk.get(reverse("desk:road", args=["zhonghe"])).content.decode()


def test_the_slip_lists_what_is_at_home(place, clerk):
    card, copy = makers.reader(place), makers.copy(place, at=place.zhonghe)
    post(clerk, "scan", "zhonghe", code=copy.barcode, reader=card.person_id)
    page = clerk.get(reverse("desk:slip", args=["zhonghe", card.person_id]))
    assert copy.barcode in page.content.decode()


def test_the_telephone_renews_but_does_not_lend(place, client):
    client.force_login(makers.account("operator", place.hub, "operator"))
    card, copy = makers.reader(place), makers.copy(place)

    done = lend(
        barcode=copy.barcode,
        card_number=card.number,
        node=place.hub,
        by=makers.staff(place.hub),
        at=clock.now(),
    )
    assert client.get(reverse("desk:choose")).url == reverse("desk:readers", args=["main-library"])
    page = client.get(reverse("desk:reader", args=["main-library", card.person_id]))
    assert "续借" in page.content.decode()
    assert f'href="{reverse("desk:work", args=["main-library"])}"' not in page.content.decode()
    answer = post(
        client, "renewal", "main-library", done.loan_id, reader=card.person_id, **{"from": "file"}
    )
    assert answer.url == reverse("desk:reader", args=["main-library", card.person_id])
    assert Loan.objects.get().renewals == 1
    assert client.get(reverse("desk:work", args=["main-library"])).status_code == 403


def test_a_reader_opened_by_an_address_is_written_down_once(place, clerk):
    card = makers.reader(place)
    address = f"{reverse('desk:work', args=['zhonghe'])}?reader={card.person_id}"
    for _ in range(2):
        assert "张小禾" in clerk.get(address).content.decode()
    clerk.get(reverse("desk:slip", args=["zhonghe", card.person_id]))
    assert AuditEntry.objects.filter(action="person.read").count() == 1


@pytest.mark.parametrize("reader", ["9" * 30, "9" * 5000, "abc", "１２", "-1", "999999"])
def test_a_reader_nobody_is_opens_an_empty_desk(clerk, reader):
    page = clerk.get(reverse("desk:work", args=["zhonghe"]), {"reader": reader})
    assert page.status_code == 200
    assert "手上" not in page.content.decode()


def test_only_serving_library_nodes_have_a_desk(place, client):
    client.force_login(makers.account("hub", place.hub, "director"))
    Node.objects.filter(pk=place.danshan.pk).update(tree="culture")
    Node.objects.filter(pk=place.linjiang.pk).update(status="closed")
    for code in ("danshan", "linjiang"):
        assert client.get(reverse("desk:work", args=[code])).status_code == 404


def test_an_exception_that_is_not_there_is_said(clerk):
    answer = post(clerk, "settle", "zhonghe", "return", 999_999, note="x")
    assert "没有找到这一条" in clerk.get(answer.url).content.decode()


def test_a_slip_is_printed_on_a_roll_or_on_a_sheet(place, clerk):
    card, copy = makers.reader(place), makers.copy(place, at=place.zhonghe)
    post(clerk, "scan", "zhonghe", code=copy.barcode, reader=card.person_id)
    address = reverse("desk:slip", args=["zhonghe", card.person_id])
    assert '<body class="slip">' in clerk.get(address).content.decode()
    assert '<body class="a5">' in clerk.get(address, {"paper": "a5"}).content.decode()
    assert '<body class="slip">' in clerk.get(address, {"paper": "<b>"}).content.decode()
