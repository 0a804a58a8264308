import datetime as dt

import pytest
from django.urls import reverse

from tests import county as makers
from tests.county import MONDAY
from yanzhen.groundwork.models import AuditEntry
from yanzhen.library.circulation.models import Loan
from yanzhen.library.patrons.categories import ensure_categories
from yanzhen.library.patrons.models import Block, ReaderCard
from yanzhen.people.models import Guardianship, Person

HERE = "/desk/zhonghe/readers/"
FOUR = {"name": "李秀英", "born_on": "1958-03-12", "phone": "", "category": ""}
CHILD = {"name": "李小麦", "born_on": "2018年3月", "phone": "", "category": ""}
MOTHER = {
    "guardian_name": "李秀英", "guardian_phone": "13800000001", "guardian_relation": "parent",
    "guardian_channel": "in_person",
}  # fmt: skip


@pytest.fixture
def desk(place, client):
    """A browser in which the culture officer of 中和 has signed in."""
    client.force_login(makers.account("zhonghe", place.zhonghe))
    return client


@pytest.fixture
def hub_desk(place, client):
    client.force_login(makers.account("librarian", place.hub, "librarian"))
    return client


@pytest.fixture
def card(place):
    return makers.reader(place)


def text(response):
    return response.content.decode()


def register(desk, **fields):
    return desk.post(f"{HERE}registrations/", {**FOUR, **fields})


def test_four_fields_make_a_reader_with_a_card(desk):
    response = register(desk)
    card = ReaderCard.objects.get()
    assert response["Location"] == f"{HERE}{card.person_id}/?reason=card"
    assert (card.person.name, card.category.code) == ("李秀英", "elder")
    page = text(desk.get(response["Location"]))
    assert f"李秀英 的读者证办好了：{card.number}" in page


@pytest.mark.parametrize(
    "typed", ["1958-3-12", "19580312", "１９５８年３月１２日", "1958/03/12", " 1958.3.12 "]
)
def test_a_birth_date_is_understood_as_clerks_type_it(desk, typed):
    register(desk, born_on=typed)
    assert Person.objects.get(name="李秀英").born_on == dt.date(1958, 3, 12)


def test_the_year_alone_is_enough(desk):
    register(desk, born_on="1958")
    assert Person.objects.get(name="李秀英").born_on == dt.date(1958, 1, 1)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": ""}, "请填姓名"),
        ({"name": "😀😀"}, "姓名里要有文字"),
        ({"name": "张" * 10_000}, "太长了"),
        ({"born_on": ""}, "请填出生日期"),
        ({"born_on": "2023-02-30"}, "没有这一天"),
        ({"born_on": "昨天"}, "没有这一天"),
        ({"born_on": "2999-01-01"}, "出生日期不对"),
        ({"born_on": "0001-01-01"}, "出生日期不对"),
        ({"phone": "没有"}, "电话号码不对"),
        ({"number": "17"}, "证号要以 512002 开头"),
        ({"name": "a\x00b"}, "还有几处要改一下"),
        ({"category": "robot"}, "还有几处要改一下"),
    ],
)
def test_bad_input_is_a_sentence_and_keeps_what_was_typed(desk, fields, sentence):
    people = Person.objects.count()
    response = register(desk, **fields)
    assert response.status_code == 422
    assert sentence in text(response)
    typed = {name: response.context["form"][name].value() for name in FOUR}
    assert typed == {name: {**FOUR, **fields}[name] for name in FOUR}
    assert Person.objects.count() == people


def test_a_child_needs_the_guardian_whose_fields_then_stand_open(desk):
    response = register(desk, **CHILD)
    assert response.status_code == 422
    assert "需要监护人同意" in text(response)
    assert "<details data-guardian open>" in text(response)
    register(desk, **CHILD, **MOTHER, guardian_agreed="on")
    assert Guardianship.objects.get().guardian.phone == "13800000001"


def test_the_guardians_fields_stay_closed_for_an_adult(desk):
    assert "<details data-guardian>" in text(desk.get(HERE))
    assert "<details data-guardian>" in text(register(desk, name=""))


def test_a_trouble_with_the_guardian_is_shown_beside_the_guardian(desk):
    guardian = {**MOTHER, "guardian_phone": "没有"}
    response = register(desk, **CHILD, **guardian, guardian_agreed="on")
    assert "电话号码不对" in str(response.context["form"]["guardian_phone"].errors)


def test_a_namesake_is_shown_before_a_second_registration(desk):
    register(desk)
    response = register(desk)
    assert response.status_code == 422
    assert f"{HERE}{Person.objects.get(name='李秀英').pk}/" in text(response)
    assert "不是同一人，继续办理" in text(response)
    assert register(desk, anyway="1").status_code == 302
    assert Person.objects.filter(name="李秀英").count() == 2


def test_a_namesake_that_is_shown_was_looked_up(desk):
    register(desk)
    register(desk)
    assert AuditEntry.objects.get(action="person.searched").detail == {"text": "李秀英", "found": 1}


def test_pressing_twice_makes_one_reader(desk):
    register(desk)
    page = desk.get(HERE).context["form"]["once"].value()
    assert page
    assert register(desk, once=page).status_code == 422
    answers = [register(desk, once=page, anyway="1")["Location"] for _time in range(2)]
    assert answers[0] == answers[1]
    assert Person.objects.filter(name="李秀英").count() == ReaderCard.objects.count() == 2


def test_the_key_of_the_page_stays_while_the_form_is_mended(desk):
    assert register(desk, once="abc", name="").context["form"]["once"].value() == "abc"
    assert 'type="hidden" name="once" value="abc"' in text(register(desk, once="abc", name=""))
    assert desk.get(HERE).context["form"]["once"].value() != "abc"


def test_going_back_and_typing_somebody_else_is_another_registration(desk):
    register(desk, once="abc")
    register(desk, once="abc", name="王大妈")
    assert Person.objects.filter(name__in=["李秀英", "王大妈"]).count() == 2


def test_a_reload_of_the_registration_leads_back_to_the_form(desk):
    assert desk.get(f"{HERE}registrations/")["Location"] == HERE


@pytest.mark.parametrize("text_", ["张小禾", "zhangxiaohe", "张", "@number"])
def test_readers_are_found_from_any_desk(desk, card, text_):
    Person.objects.filter(pk=card.person_id).update(pinyin="zhangxiaohe")
    page = text(desk.get(HERE, {"q": card.number if text_ == "@number" else text_}))
    assert card.number in page
    assert "/desk/zhonghe/?reader=" in page


@pytest.mark.parametrize("q", ["没有的人", "😀", "'\"); DROP", "9" * 14, "x" * 10_000, "\x00", "%"])
def test_a_search_without_result_says_what_to_do(desk, q):
    response = desk.get(HERE, {"q": q})
    assert response.status_code == 200
    assert "没有找到" in text(response) or "怎么找" in text(response)


def test_what_was_searched_for_is_text_and_never_markup(desk):
    page = text(desk.get(HERE, {"q": "<b>&"}))
    assert "没有找到“&lt;b&gt;&amp;”" in page


def test_a_name_not_found_is_carried_into_the_form(desk):
    response = desk.get(HERE, {"q": "王大妈"})
    assert response.context["form"]["name"].value() == "王大妈"


def test_reading_a_file_is_written_down(desk, card):
    page = text(desk.get(f"{HERE}{card.person_id}/"))
    assert "张小禾" in page
    assert AuditEntry.objects.get(action="person.read").subject == f"person:{card.person_id}"


def test_a_childs_file_asks_why_before_it_opens(desk, place):
    card = makers.reader(place, name="李小麦", born_on=dt.date(2018, 1, 1))
    page = f"{HERE}{card.person_id}/"
    closed = text(desk.get(page))
    assert "说明用途" in closed
    assert "手上没有书" not in closed
    assert "手上没有书" in text(desk.get(f"{page}?reason=guardian"))
    assert AuditEntry.objects.get(action="person.read").detail == {"reason": "guardian"}
    assert "手上没有书" not in text(desk.get(f"{page}?reason=curiosity"))
    assert desk.get(f"{page}details/").status_code == 409


def test_a_child_stays_open_after_something_was_done(desk, place):
    card = makers.reader(place, name="李小麦", born_on=dt.date(2018, 1, 1))
    response = desk.post(
        f"{HERE}{card.person_id}/cards/{card.pk}/loss-report/", {"opened_for": "card"}
    )
    assert response["Location"] == f"{HERE}{card.person_id}/?reason=card"


def act(desk, card, what, **fields):
    """POST a change of a card and return the page that follows."""
    address = f"{HERE}{card.person_id}/cards/{card.pk}/{what}/"
    return text(desk.post(address, fields, follow=True))


def test_a_lost_card_is_reported_found_and_replaced(desk, card):
    assert "已经挂失" in act(desk, card, "loss-report")
    assert "挂失已经解除" in act(desk, card, "loss-report/withdrawal")
    act(desk, card, "loss-report")
    page = act(desk, card, "replacement")
    assert "新证办好了" in page
    fresh = ReaderCard.objects.active().get()
    assert fresh.number[10:] in page
    assert card.number in page, "the old card stays to be seen"


def test_a_stale_page_cannot_replace_the_new_card(desk, card):
    act(desk, card, "replacement")
    assert "不能再补" in act(desk, card, "replacement")
    assert ReaderCard.objects.count() == 2


def test_a_card_is_not_cancelled_while_books_are_out(desk, place, card):
    book = makers.copy(place)
    Loan.objects.create(
        copy=book, person=card.person, card=card, category_code="adult", age_band="adult",
        lent_node=place.hub, lent_at=MONDAY, lent_by="王馆员", due_on=dt.date(2026, 12, 23),
        governing_node=place.hub, rule=place.rule, max_renewals=1, loan_days=30,
    )  # fmt: skip
    page = act(desk, card, "cancellation")
    assert "手上还有 1 本书" in page
    assert book.bib.title in page
    Loan.objects.all().delete()
    assert "已经退了" in act(desk, card, "cancellation")


def test_a_person_without_a_card_is_given_one(desk, place):
    person = makers.person("王大妈")
    page = f"{HERE}{person.pk}/"
    assert "还没有有效的读者证" in text(desk.get(page))
    desk.post(f"{page}cards/", {"category": "adult"})
    assert person.cards.get().home_node == place.zhonghe
    again = desk.post(f"{page}cards/", {"category": "adult"}, follow=True)
    assert "已经有一张有效的证" in text(again)


def test_a_card_of_no_category_is_a_sentence(desk):
    ensure_categories()
    person = makers.person("王大妈")
    page = desk.post(f"{HERE}{person.pk}/cards/", {"category": "robot"}, follow=True)
    assert page.status_code == 200
    assert not person.cards.exists()


def test_the_desk_gives_a_password_that_works(desk, client, card):
    page = act(desk, card, "password")
    password = page.split('<p class="given">')[1].split("<")[0]
    client.logout()
    answer = client.post("/sign-in/", {"name": card.number, "password": password})
    assert answer.status_code == 302


def test_blocking_is_for_librarians(desk, card):
    page = f"{HERE}{card.person_id}/"
    assert f"{page}blocks/" not in text(desk.get(page))
    assert desk.post(f"{page}blocks/", {"reason": "address"}).status_code == 403
    assert not Block.objects.exists()


def test_a_block_is_placed_seen_and_lifted(hub_desk, card):
    page = f"/desk/main-library/readers/{card.person_id}/"
    hub_desk.post(f"{page}blocks/", {"reason": "staff", "note": "光盘没有赔付"})
    block = Block.objects.get()
    assert "光盘没有赔付" in text(hub_desk.get(page))
    hub_desk.post(f"{page}blocks/{block.pk}/lifting/")
    assert "光盘没有赔付" not in text(hub_desk.get(page))


def test_a_block_without_a_word_is_refused(hub_desk, card):
    page = f"/desk/main-library/readers/{card.person_id}/"
    answer = hub_desk.post(f"{page}blocks/", {"reason": "staff"}, follow=True)
    assert "停借要写明原因" in text(answer)


def test_details_are_put_right_and_errors_keep_what_was_typed(desk, card):
    page = f"{HERE}{card.person_id}/details/"
    assert "1990-05-01" in text(desk.get(page))
    wrong = desk.post(page, {"name": "张小荷", "born_on": "1990-05-01", "phone": "没有"})
    assert wrong.status_code == 422
    assert wrong.context["form"]["phone"].value() == "没有"
    desk.post(page, {"name": "张小荷", "born_on": "1990-05-01", "phone": "138 0000 0000"})
    assert Person.objects.get(pk=card.person_id).phone == "13800000000"


@pytest.mark.parametrize("address", ["", "1/", "registrations/", "cards/"])
def test_another_branchs_desk_stays_shut_with_a_sentence(desk, address):
    response = desk.get(f"/desk/danshan/readers/{address}")
    assert response.status_code == 403
    assert "不归您管" in text(response)


def test_readers_are_no_business_of_a_signed_in_reader(client, place, card):
    client.force_login(makers.account("inspector", place.hub, "inspector"))
    assert client.get(HERE).status_code == 403


def test_unknown_people_and_cards_are_not_found(desk, card):
    other = makers.person("王大妈")
    for address in ("999999/", f"{other.pk}/cards/{card.pk}/", "999999/details/"):
        assert desk.get(HERE + address).status_code == 404


def test_one_card_is_printed_at_the_size_of_a_bank_card(desk, card):
    page = text(desk.get(f"{HERE}{card.person_id}/cards/{card.pk}/"))
    assert "desk printing one-card" in page
    assert page.count('class="barcode"') == 1


def test_the_cards_of_a_day_are_printed_on_sheets(hub_desk, place, card):
    makers.reader(place, name="王大妈")
    page = text(hub_desk.get("/desk/main-library/readers/cards/?day=2026-11-23"))
    assert "desk printing card-sheet" in page
    assert page.count('class="barcode"') == 2
    assert "没有办过证" in text(hub_desk.get("/desk/main-library/readers/cards/?day=2020-01-01"))
    assert hub_desk.get("/desk/main-library/readers/cards/?day=😀").status_code == 200


def test_printing_a_card_is_reading_a_file(desk, place, card):
    desk.get(f"{HERE}{card.person_id}/cards/{card.pk}/")
    assert AuditEntry.objects.get(action="person.read").subject == f"person:{card.person_id}"
    child = makers.reader(place, name="李小麦", born_on=dt.date(2018, 1, 1))
    page = f"{HERE}{child.person_id}/cards/{child.pk}/"
    closed = text(desk.get(page))
    assert "说明用途" in closed
    assert "李小麦" not in closed
    assert 'class="barcode"' in text(desk.get(f"{page}?reason=card"))
    assert f"{page}?reason=card" in text(desk.get(f"{HERE}{child.person_id}/?reason=card"))


def test_a_printed_sheet_is_written_down_for_everybody_on_it(hub_desk, place, card):
    child = makers.reader(place, name="李小麦", born_on=dt.date(2018, 1, 1))
    hub_desk.get("/desk/main-library/readers/cards/?day=2026-11-23")
    read = AuditEntry.objects.filter(action="person.read", detail__reason="card")
    expected = {f"person:{each.person_id}" for each in (card, child)}
    assert set(read.values_list("subject", flat=True)) == expected


def test_a_childs_password_has_a_reason(desk, place):
    child = makers.reader(place, name="李小麦", born_on=dt.date(2018, 1, 1))
    page = f"{HERE}{child.person_id}/cards/{child.pk}/password/"
    assert desk.post(page).status_code == 409
    assert 'class="given"' in text(desk.post(page, {"opened_for": "guardian"}))


def test_a_child_made_adult_at_a_town_desk_is_a_sentence_beside_the_date(desk):
    register(desk, **CHILD, **MOTHER, guardian_agreed="on")
    child = Person.objects.get(name="李小麦")
    page = f"{HERE}{child.pk}/details/"
    told = {"name": "李小麦", "born_on": "2000-01-01", "phone": "", "opened_for": "guardian"}
    answer = desk.post(page, told)
    assert "总馆馆员" in str(answer.context["form"]["born_on"].errors)


def test_a_child_as_its_own_guardian_is_a_sentence_beside_the_name(desk):
    answer = register(desk, **CHILD, **{**MOTHER, "guardian_name": "李小麦"}, guardian_agreed="on")
    assert "监护人不能是孩子自己" in str(answer.context["form"]["guardian_name"].errors)


def test_a_disability_certificate_is_shown_and_withdrawn(place, client):
    client.force_login(makers.account("hub", place.hub, "director"))
    card = makers.reader(place)
    page = reverse("desk:reader", args=["main-library", card.person_id])
    shown = reverse("desk:show-certificate", args=["main-library", card.person_id])
    refused = client.post(shown, {"number": "123"}, follow=True).content.decode()
    assert "残疾人证号不对" in refused
    client.post(shown, {"number": "11010519491231002X43", "home_delivery": "on"})
    told = client.get(page).content.decode()
    assert "110105**********2X43" in told
    assert "送书上门" in told
    client.post(reverse("desk:withdraw-certificate", args=["main-library", card.person_id]))
    assert "2X43" not in client.get(page).content.decode()
