import pytest

from tests import county as makers
from tests.county import MONDAY
from yanzhen.library.patrons.issuing import give_password, open_account
from yanzhen.people.models import Account
from yanzhen.people.rules import MOST_ATTEMPTS

RIGHT = "yanzhen-demo"
NEW = "稻花香里说丰年听取蛙声"


@pytest.fixture
def clerk(place):
    return makers.account("zhonghe", place.zhonghe)


@pytest.fixture
def reader(place):
    """A reader card whose owner has an account `reader`."""
    card = makers.reader(place)
    open_account(card, "reader", RIGHT, by=makers.staff(place.hub), at=MONDAY)
    return card


def sign_in(client, name, password=RIGHT, **more):
    return client.post("/sign-in/", {"name": name, "password": password, **more})


def text(response):
    return response.content.decode()


def test_staff_arrive_at_the_desk_and_readers_at_their_page(client, clerk, reader):
    assert sign_in(client, "ZhongHe ")["Location"] == "/desk/"
    client.post("/sign-out/")
    assert sign_in(client, "reader")["Location"] == "/me/"


def test_a_card_number_signs_in(client, place, reader):
    password = give_password(reader, node=place.hub, by=makers.staff(place.hub), at=MONDAY)
    assert sign_in(client, reader.number, password).status_code == 302


def test_the_visitor_comes_back_to_the_page_asked_for(client, reader):
    wanted = client.get("/me/card/")["Location"]
    assert wanted == "/sign-in/?next=/me/card/"
    assert 'name="next" value="/me/card/"' in text(client.get(wanted))
    assert sign_in(client, "reader", next="/me/card/")["Location"] == "/me/card/"


@pytest.mark.parametrize(
    "wanted",
    ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "\\\\evil.example"],
)
def test_nobody_is_led_to_a_foreign_page(client, reader, wanted):
    assert sign_in(client, "reader", next=wanted)["Location"] == "/me/"


@pytest.mark.parametrize("name", ["zhonghe", "没有这个人", "<b>😀", "'; DROP TABLE"])
def test_the_name_stays_after_an_error_and_nothing_tells_who_exists(client, clerk, name):
    response = sign_in(client, name, "wrong")
    assert response.status_code == 401
    assert "用户名（或读者证号）和密码对不上" in text(response)
    assert response.context["form"]["name"].value() == name
    assert "<b>😀" not in text(response)
    assert 'value="wrong"' not in text(response)


@pytest.mark.parametrize("name", ["zhonghe", "没有这个人"])
def test_ten_wrong_passwords_answer_429_with_a_clear_sentence(client, clerk, name):
    answers = [sign_in(client, name, "wrong") for _time in range(10)]
    assert [each.status_code for each in answers][MOST_ATTEMPTS:] == [429] * (10 - MOST_ATTEMPTS)
    assert "密码错了太多次" in text(answers[-1])
    assert sign_in(client, name).status_code == 429


def test_wrong_passwords_from_elsewhere_do_not_lock_the_owner_out(client, clerk):
    typed = {"name": "zhonghe", "password": "wrong"}
    for _time in range(MOST_ATTEMPTS):
        client.post("/sign-in/", typed, REMOTE_ADDR="203.0.113.9")
    assert client.post("/sign-in/", typed, REMOTE_ADDR="203.0.113.9").status_code == 429
    assert sign_in(client, "zhonghe").status_code == 302


@pytest.mark.parametrize(
    ("name", "password"), [("", ""), ("x" * 10_000, "y" * 10_000), ("a\x00", "b")]
)
def test_empty_and_endless_input_is_a_sentence(client, clerk, name, password):
    response = sign_in(client, name, password)
    assert response.status_code == 422
    assert "还有几处要改一下" in text(response)


def test_signing_out_is_a_post_and_closes_the_own_pages(client, reader):
    sign_in(client, "reader")
    assert client.get("/sign-out/").status_code == 405
    assert client.get("/me/card/").status_code == 200
    client.post("/sign-out/")
    assert client.get("/me/card/").status_code == 302


def test_who_is_signed_in_is_not_asked_again(client, reader):
    sign_in(client, "reader")
    assert client.get("/sign-in/?next=/me/card/")["Location"] == "/me/card/"


def test_ones_own_card_has_both_codes(client, reader):
    sign_in(client, "reader")
    page = text(client.get("/me/card/"))
    assert 'class="barcode"' in page
    assert 'class="qr"' in page
    assert f"{reader.number[:6]} {reader.number[6:10]} {reader.number[10:]}" in page


def test_a_lost_card_says_so_on_ones_own_page(client, reader):
    type(reader).objects.update(status="lost")
    sign_in(client, "reader")
    page = text(client.get("/me/card/"))
    assert "已经挂失" in page
    assert "把证留下" not in page, "that remedy is for the desk"


def test_without_a_card_the_page_says_where_to_get_one(client, clerk):
    sign_in(client, "zhonghe")
    assert "您还没有读者证" in text(client.get("/me/card/"))


def change(client, old=RIGHT, new=NEW, again=NEW):
    return client.post("/me/password/", {"old": old, "new": new, "again": again})


def test_the_password_is_changed_and_the_visitor_stays_signed_in(client, reader):
    sign_in(client, "reader")
    assert change(client)["Location"] == "/me/"
    assert client.get("/me/card/").status_code == 200
    client.post("/sign-out/")
    assert sign_in(client, "reader", NEW).status_code == 302


@pytest.mark.parametrize(
    ("typed", "status", "sentence"),
    [
        ({"old": "wrong"}, 401, "现在的密码不对"),
        ({"again": "x"}, 422, "两次填的新密码不一样"),
        ({"new": "12345678", "again": "12345678"}, 422, "太容易被猜到"),
        ({"old": "", "new": "", "again": ""}, 422, "还有几处要改一下"),
    ],
)
def test_a_refused_change_keeps_the_old_password(client, reader, typed, status, sentence):
    sign_in(client, "reader")
    response = change(client, **typed)
    assert response.status_code == status
    assert sentence in text(response)
    assert Account.objects.get(username="reader").check_password(RIGHT)
