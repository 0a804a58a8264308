import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import county
from tests.county import MONDAY
from yanzhen.demo.cnmarc import SAMPLE
from yanzhen.library.catalogue.marc.tests.makers import chinese
from yanzhen.library.catalogue.models import BibRecord
from yanzhen.library.catalogue.record_editing import add_record
from yanzhen.library.catalogue.tests.makers import iso
from yanzhen.library.holdings.models import Copy, HoldingsMapping

TABLE = {
    "name": "某书商", "tag": "905", "code-a": "site", "code-b": "barcode", "code-s": "call_number",
    "places": "5120=main-library\r\n5121=zhonghe", "elsewhere": "", "kind": "book",
}  # fmt: skip


@pytest.fixture
def cataloguer(client, place, settings, tmp_path):
    settings.DATA = tmp_path
    client.force_login(county.account("bianmu", place.hub, "librarian"))
    return client


def at(name, *arguments):
    return reverse(f"desk:{name}", args=["main-library", *arguments])


def sent(**more):
    return {"file": SimpleUploadedFile("书商.iso", iso(chinese())), **more}


def test_a_table_is_tried_on_real_records_before_it_is_kept(cataloguer, place):
    add_record(chinese(), by=county.staff(place.hub), at=MONDAY)
    page = cataloguer.get(at("new-mapping")).content.decode()
    assert "例如 YJ1" in page
    page = cataloguer.post(at("new-mapping"), TABLE | {"do": "look"}).content.decode()
    assert "YJ3 · 5121 · I242.4/12" in page
    assert not HoldingsMapping.objects.exists()
    cataloguer.post(at("new-mapping"), TABLE)
    kept = HoldingsMapping.objects.get()
    assert kept.meanings == {"a": "site", "b": "barcode", "s": "call_number"}
    assert "某书商" in cataloguer.get(at("edit-mapping", kept.pk)).content.decode()


def test_a_table_is_tried_on_a_file_nobody_took_in(cataloguer):
    file = SimpleUploadedFile("titles-gbk.iso", SAMPLE.read_bytes())
    look = TABLE | {"file": file, "do": "look", "code-s": "", "places": "main-library=main-library"}
    page = cataloguer.post(at("new-mapping"), look).content.decode()
    assert page.count("会建") == 8
    assert "例如 YJ90000001" in page
    assert not BibRecord.objects.exists()


def test_a_refused_table_keeps_what_was_typed(cataloguer):
    page = cataloguer.post(at("new-mapping"), TABLE | {"code-b": ""}).content.decode()
    assert "哪个子字段是条码" in page
    assert 'value="某书商"' in page
    assert "5121=zhonghe" in page


def test_a_file_is_tried_then_taken_in_with_its_copies(cataloguer):
    cataloguer.post(at("new-mapping"), TABLE)
    number = str(HoldingsMapping.objects.get().pk)
    page = cataloguer.post(at("import-titles"), sent(mapping=number, do="look")).content.decode()
    assert "什么也没有保存" in page
    assert (BibRecord.objects.count(), Copy.objects.count()) == (0, 0)
    cataloguer.post(at("import-titles"), sent(mapping=number, do="take"))
    assert (BibRecord.objects.count(), Copy.objects.count()) == (1, 3)


def test_without_a_table_no_copies_are_made(cataloguer):
    cataloguer.post(at("import-titles"), sent(do="take"))
    assert (BibRecord.objects.count(), Copy.objects.count()) == (1, 0)


@pytest.mark.parametrize(
    ("file", "said"),
    [(None, "还没有选文件"), (SimpleUploadedFile("x.iso", b"not marc at all"), "不是 MARC 文件")],
)
def test_a_file_that_is_none_is_refused(cataloguer, file, said):
    answer = cataloguer.post(at("import-titles"), {"file": file} if file else {})
    assert said in answer.content.decode()


def test_a_branch_takes_in_nothing(client, place):
    client.force_login(county.account("zhonghe", place.zhonghe, "librarian"))
    for name in ("import-titles", "new-mapping"):
        assert client.get(reverse(f"desk:{name}", args=["zhonghe"])).status_code == 403
