import lxml.html
import pytest
from django.urls import reverse

from tests import county
from tests.county import MONDAY
from yanzhen.library.catalogue.marc import lines
from yanzhen.library.catalogue.marc.record import Field
from yanzhen.library.catalogue.marc.tests.makers import chinese
from yanzhen.library.catalogue.models import BibRecord, Proposal
from yanzhen.library.catalogue.record_editing import add_record
from yanzhen.library.discovery.indexing import rebuild


@pytest.fixture
def bib(place):
    return add_record(chinese(), by=county.staff(place.hub), at=MONDAY)


@pytest.fixture
def cataloguer(client, place):
    client.force_login(county.account("bianmu", place.hub, "librarian"))
    return client


@pytest.fixture
def branch(client, place):
    client.force_login(county.account("zhonghe", place.zhonghe))
    return client


def _edit(bib, node="main-library"):
    return reverse("desk:edit-record", args=[node, bib.pk])


def test_a_record_is_found_edited_and_put_back(cataloguer, bib):
    listing = reverse("desk:cataloguing", args=["main-library"])
    assert "红楼梦" in cataloguer.get(listing, {"q": "9787020002207"}).content.decode()
    text = lines.written(chinese()).replace("1606页", "1607页")
    answer = cataloguer.post(_edit(bib), {"text": text, "revision": "0"}, follow=True)
    page = answer.content.decode()
    assert "1606页" in page
    assert "1607页" in page
    change = bib.changes.get()
    address = reverse("desk:restore-record", args=["main-library", bib.pk, change.pk])
    cataloguer.post(address, {"revision": "1"})
    bib.refresh_from_db()
    assert bib.marc == chinese().dumps()


def test_nothing_typed_is_lost_when_somebody_saved_meanwhile(cataloguer, bib):
    mine = lines.written(chinese()).replace("1606页", "1607页")
    theirs = lines.written(chinese()).replace("1606页", "1608页")
    cataloguer.post(_edit(bib), {"text": theirs, "revision": "0"})
    page = cataloguer.post(_edit(bib), {"text": mine, "revision": "0"}).content.decode()
    assert "1607页" in page
    assert "1608页" in page
    assert 'name="revision" value="1"' in page


@pytest.mark.parametrize("revision", ["", "x", "-1", "9" * 30])
def test_a_revision_that_is_none_saves_nothing(cataloguer, bib, revision):
    text = lines.written(chinese()).replace("1606页", "1607页")
    cataloguer.post(_edit(bib), {"text": text, "revision": revision})
    assert not bib.changes.exists()


def test_a_mistake_is_told_with_its_line(cataloguer, bib):
    text = lines.written(chinese()).replace("200 1#", "200 1")
    page = cataloguer.post(_edit(bib), {"text": text, "revision": "0"}).content.decode()
    assert "第 6 行" in page
    assert "两位指示符" in page


def test_a_branch_only_proposes(branch, bib, client, place):
    text = lines.written(chinese()).replace("1606页", "1607页")
    posted = {"text": text, "revision": "0", "reason": "页数不对"}
    branch.post(_edit(bib, "zhonghe"), posted)
    bib.refresh_from_db()
    assert bib.revision == 0
    proposal = Proposal.objects.get()
    decision = reverse("desk:decide-proposal", args=["main-library", proposal.pk])
    assert branch.post(decision, {"decision": "adopt"}).status_code == 403
    client.force_login(county.account("bianmu", place.hub, "librarian"))
    client.post(decision, {"decision": "adopt"})
    assert "1607页" in BibRecord.objects.get().marc


def _form(page) -> dict[str, str]:
    """What a browser sends of the form in a page, untouched."""
    main = lxml.html.fromstring(page.content.decode()).find(".//main")
    (form,) = [each for each in main.forms if "base" in each.fields]
    return {name: (value or "").replace("\n", "\r\n") for name, value in form.form_values()}


def _named(page, tag: str, code: str) -> str:
    """The name of the first input of a subfield."""
    main = lxml.html.fromstring(page.content.decode()).find(".//main")
    for row in main.iterfind(".//fieldset"):
        if row.find("legend/span").text == tag:
            for label in row.iter("label"):
                if label.find("span").text == f"${code}":
                    return label.get("for")
    raise AssertionError(f"no input for {tag} {code}")


def test_the_form_saved_untouched_changes_nothing(cataloguer, bib):
    page = cataloguer.get(_edit(bib))
    cataloguer.post(_edit(bib), _form(page))
    assert not bib.changes.exists()
    bib.refresh_from_db()
    assert bib.marc == chinese().dumps()


def test_a_value_is_changed_in_the_form(cataloguer, bib):
    page = cataloguer.get(_edit(bib))
    typed = {_named(page, "215", "a"): "1607页"}
    cataloguer.post(_edit(bib), _form(page) | typed)
    bib.refresh_from_db()
    assert bib.marc == chinese().dumps().replace("1606页", "1607页")


def test_form_and_lines_show_the_same_draft(cataloguer, bib):
    page = cataloguer.get(_edit(bib))
    typed = {_named(page, "215", "a"): "1607页", "do": "lines"}
    as_lines = cataloguer.post(_edit(bib), _form(page) | typed).content.decode()
    assert "215 ##$a1607页$d21cm" in as_lines
    text = lines.written(chinese()).replace("1606页", "1608页")
    page = cataloguer.post(_edit(bib), {"text": text, "revision": "0", "do": "form"})
    assert 'value="1608页"' in page.content.decode()
    assert not bib.changes.exists()


def test_a_form_typed_over_what_somebody_saved_keeps_both(cataloguer, bib):
    page = cataloguer.get(_edit(bib))
    theirs = lines.written(chinese()).replace("1606页", "1608页")
    cataloguer.post(_edit(bib), {"text": theirs, "revision": "0"})
    typed = {_named(page, "215", "a"): "1607页"}
    answer = cataloguer.post(_edit(bib), _form(page) | typed)
    assert 'value="1607页"' in answer.content.decode()
    assert "1608页" in answer.content.decode()
    assert bib.changes.count() == 1


def test_a_wrong_isbn_is_asked_about_once(cataloguer, bib):
    page = cataloguer.get(_edit(bib))
    typed = {_named(page, "010", "a"): "978-7-02-000220-8"}
    answer = cataloguer.post(_edit(bib), _form(page) | typed)
    assert "末位应是 7" in answer.content.decode()
    assert not bib.changes.exists()
    cataloguer.post(_edit(bib), _form(answer) | {"as_printed": "1"})
    bib.refresh_from_db()
    assert "978-7-02-000220-8" in bib.marc


def test_ten_digits_and_the_class_of_the_author_are_offered(cataloguer, bib, place, settings):
    like = chinese("曹雪芹诗选").replacing("690", Field.of("690", "  ", ("a", "I222.749")))
    add_record(like.replacing("010"), by=county.staff(place.hub), at=MONDAY)
    rebuild(settings.SEARCH_INDEX)
    page = cataloguer.get(_edit(bib))
    name = _named(page, "010", "a")
    answer = cataloguer.post(_edit(bib), _form(page) | {name: "7-02-000220-X", "do": "look"})
    said = answer.content.decode()
    assert "13 位是 978-7-02-000220-7" in said
    assert "分类号 I222.749：本馆同作者 1 种、同主题 1 种" in said
    take = f"{_named(page, '690', 'a')}=I222.749"
    answer = cataloguer.post(_edit(bib), _form(answer) | {"take": take})
    assert _form(answer)[_named(answer, "690", "a")] == "I222.749"
    assert not bib.changes.exists()


@pytest.mark.parametrize("title", ["", "?", "？ "])
@pytest.mark.parametrize("flavour", ["cnmarc", "marc21"])
def test_a_new_record_wants_a_title(cataloguer, place, flavour, title):
    address = reverse("desk:new-record", args=["main-library"]) + f"?flavour={flavour}"
    page = cataloguer.get(address)
    tag = "200" if flavour == "cnmarc" else "245"
    typed = {_named(page, tag, "a"): title}
    answer = cataloguer.post(address, _form(page) | typed)
    assert "没有题名" in answer.content.decode()
    assert not BibRecord.objects.exists()
    cataloguer.post(address, _form(page) | {_named(page, tag, "a"): "雁江县志"})
    assert BibRecord.objects.get().flavour == flavour


def test_a_title_without_marc_opens_with_what_is_known(cataloguer, place):
    told = {
        "author": "沙汀",
        "publisher": "四川人民出版社",
        "year": 1980,
        "isbn13": "9787020002207",
    }
    bib = county.bib("淘金记", clc="I247.5", **told)
    page = cataloguer.get(_edit(bib))
    for tag, code, value in (
        ("200", "a", "淘金记"), ("701", "a", "沙汀"), ("210", "c", "四川人民出版社"),
        ("210", "d", "1980"), ("690", "a", "I247.5"), ("010", "a", "9787020002207"),
    ):  # fmt: skip
        assert _form(page)[_named(page, tag, code)] == value
    cataloguer.post(_edit(bib), _form(page))
    bib.refresh_from_db()
    assert (bib.title, bib.author, bib.language) == ("淘金记", "沙汀", "zh")
    assert bib.revision == 1


def test_a_branch_proposes_with_the_form(branch, bib):
    address = _edit(bib, "zhonghe")
    page = branch.get(address)
    typed = {_named(page, "215", "a"): "1607页", "reason": "页数不对"}
    branch.post(address, _form(page) | typed)
    assert "1607页" in Proposal.objects.get().marc


def test_a_record_too_long_for_a_form_opens_as_lines(cataloguer, place):
    held = [Field.of("905", "  ", ("b", f"YJ{number}")) for number in range(150)]
    bib = add_record(chinese().replacing("905", *held), by=county.staff(place.hub), at=MONDAY)
    page = cataloguer.get(_edit(bib)).content.decode()
    assert "表单放不下" in page
    assert "905 ##$bYJ149" in page
