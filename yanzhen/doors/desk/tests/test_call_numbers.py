import pytest
from django.urls import reverse

from tests import county
from tests.county import MONDAY
from yanzhen.doors.desk.tests.test_cataloguing import _form as untouched
from yanzhen.library.call_numbers.models import CallNumberScheme, SchemeUse, SerialNumber
from yanzhen.library.catalogue.marc.tests.makers import chinese
from yanzhen.library.catalogue.models import BibRecord
from yanzhen.library.catalogue.record_editing import add_record
from yanzhen.library.holdings.models import Copy


@pytest.fixture
def bib(place):
    scheme, _made = CallNumberScheme.objects.get_or_create(
        name="种次号", defaults={"kind": "serial"}
    )
    SchemeUse.objects.get_or_create(node=None, shelf="", defaults={"scheme": scheme})
    return add_record(chinese().replacing("905"), by=county.staff(place.hub), at=MONDAY)


@pytest.fixture
def cataloguer(client, place):
    client.force_login(county.account("bianmu", place.hub, "librarian"))
    return client


def at(name, *arguments):
    return reverse(f"desk:{name}", args=["main-library", *arguments])


ONE = {"branch": "zhonghe", "kind": "book", "barcode": "yj1", "price": "59.7",
       "class_number": "I242.4"}  # fmt: skip


def test_a_copy_is_added_with_the_number_that_was_given(cataloguer, bib, place):
    page = cataloguer.post(at("copies", bib.pk), ONE | {"do": "number"}).content.decode()
    number = SerialNumber.objects.get()
    assert "索书号 I242.4/1 给您留到" in page
    assert f'name="reserved" value="{number.pk}"' in page
    told = ONE | {"call_number": "I242.4/1", "reserved": str(number.pk), "do": "save"}
    page = cataloguer.post(at("copies", bib.pk), told, follow=True).content.decode()
    assert "已加一册" in page
    copy = Copy.objects.get()
    assert (copy.barcode, copy.call_number, copy.home_node) == ("YJ1", "I242.4/1", place.zhonghe)
    number.refresh_from_db()
    assert number.bib == bib
    assert number.taken_at is not None


def test_cancelling_gives_the_number_back(cataloguer, bib):
    cataloguer.post(at("copies", bib.pk), ONE | {"do": "number"})
    number = str(SerialNumber.objects.get().pk)
    cataloguer.post(at("copies", bib.pk), ONE | {"reserved": number, "do": "cancel"})
    assert not SerialNumber.objects.exists()
    assert not Copy.objects.exists()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"barcode": ""}, "条码只能是字母和数字"),
        ({"branch": "nowhere"}, "没有这个馆"),
        ({"kind": "nothing"}, "没有这种图书类型"),
        ({"price": "很贵"}, "价格要写数字"),
        ({"price": "NaN"}, "价格要写数字"),
        ({"do": "number", "class_number": ""}, "还没有中图分类号"),
    ],
)
def test_a_refused_copy_keeps_what_was_typed(cataloguer, bib, changed, said):
    page = cataloguer.post(at("copies", bib.pk), ONE | changed).content.decode()
    assert said in page
    assert 'name="shelf"' in page
    assert not Copy.objects.exists()


def test_a_number_asked_for_in_the_form_stands_in_905_and_is_taken_on_saving(cataloguer, bib):
    edit = at("edit-record", bib.pk)
    page = cataloguer.post(edit, untouched(cataloguer.get(edit)) | {"do": "number"})
    assert "索书号 I242.4/1 给您留到" in page.content.decode()
    again = cataloguer.post(edit, untouched(page) | {"do": "number"})
    assert SerialNumber.objects.get().number == 1
    cataloguer.post(edit, untouched(again))
    bib.refresh_from_db()
    assert bib.marc == chinese().replacing("905").dumps() + "\x1e905  \x1fdI242.4\x1fe1"
    assert SerialNumber.objects.get().bib == bib
    assert SerialNumber.objects.get().taken_at is not None


def test_a_form_left_without_saving_gives_the_number_back(cataloguer, bib):
    edit = at("edit-record", bib.pk)
    page = cataloguer.post(edit, untouched(cataloguer.get(edit)) | {"do": "number"})
    cataloguer.post(edit, untouched(page) | {"do": "cancel"})
    assert not SerialNumber.objects.exists()
    assert BibRecord.objects.get().revision == 0


def test_a_scheme_is_made_and_given_a_place(cataloguer, bib, place):
    cataloguer.post(at("call-number-schemes"), {"name": "著者", "kind": "author"})
    told = {"branch": "zhonghe", "shelf": "", "scheme": "著者"}
    cataloguer.post(at("call-number-schemes"), told)
    page = cataloguer.post(at("copies", bib.pk), ONE | {"do": "number"}).content.decode()
    assert "索书号是 I242.4/CXQ。" in page
    told = {"branch": "", "shelf": "少儿室", "scheme": "著者"}
    page = cataloguer.post(at("call-number-schemes"), told).content.decode()
    assert "架位要说是哪个馆的" in page
    assert "少儿室" in page


def test_a_branch_gives_no_numbers(client, place, bib):
    client.force_login(county.account("zhonghe", place.zhonghe, "librarian"))
    for name, arguments in (("copies", [bib.pk]), ("call-number-schemes", [])):
        assert client.get(reverse(f"desk:{name}", args=["zhonghe", *arguments])).status_code == 403
