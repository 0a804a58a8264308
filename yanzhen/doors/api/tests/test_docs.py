"""The description of the API and the page that shows it."""

import re

import pytest
from django.contrib.staticfiles import finders

from yanzhen.doors.api.tests.calling import API, refused


@pytest.fixture
def described(nobody, db):
    return nobody.get("/openapi.json").json()


def test_everything_is_described(described):
    bare = []
    for name, schema in described["components"]["schemas"].items():
        fields = schema.get("properties", {})
        bare += [f"{name}.{field}" for field, said in fields.items() if not said.get("description")]
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            assert operation["summary"], path
            assert operation["description"], path
            bare += [
                f"{method} {path} {each['name']}"
                for each in operation["parameters"]
                if not each.get("description")
            ]
    assert bare == []


def test_every_operation_tells_its_problems_and_every_write_its_key(described):
    for methods in described["paths"].values():
        for method, operation in methods.items():
            assert "application/problem+json" in operation["responses"]["default"]["content"]
            named = [each["name"] for each in operation["parameters"]]
            assert ("Idempotency-Key" in named) == (method == "post")


def test_operations_have_names_of_their_own(described):
    names = [
        operation["operationId"]
        for methods in described["paths"].values()
        for operation in methods.values()
    ]
    assert len(names) == len(set(names))


def test_the_docs_page_asks_no_foreign_host_and_holds_no_script(nobody, db):
    response = nobody.get("/docs")
    page = response.content.decode()
    assert "script-src 'self'" in response["Content-Security-Policy"]
    assert "http://" not in page
    assert "https://" not in page
    for attributes, content in re.findall(r"<script([^>]*)>(.*?)</script>", page, re.DOTALL):
        assert "src=" in attributes or 'type="application/json"' in attributes, content
    for address in re.findall(r'(?:src|href)="/static/([^"]+)"', page):
        assert finders.find(address), address
    assert f'"url": "{API}/openapi.json"' in page
    assert "<noscript>" in page
    assert f'<a href="{API}/openapi.json">' in page


def test_the_root_leads_to_the_docs(nobody, db):
    response = nobody.get("/")
    assert (response.status_code, response["Location"]) == (302, f"{API}/docs")


def test_a_problems_type_is_an_address_that_answers(nobody, db):
    assert nobody.get("/problems/copy-on-loan").json()["code"] == "copy-on-loan"
    refused(nobody.get("/problems/copy_on%20loan"), 404, "not-found")
