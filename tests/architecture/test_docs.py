"""The documentation says what the code says, and leads nowhere that is not there."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from tests.architecture.test_imports import LAW
from tools import docs
from yanzhen.config.environment import KEYS

ROOT = docs.ROOT
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text("utf-8")
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "yanzhen").rglob("README.md")]
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
OURS = [model for model in apps.get_models() if model.__module__.startswith("yanzhen.")]
CHOICES = [
    kind for kind in models.TextChoices.__subclasses__() if kind.__module__.startswith("yanzhen.")
]


@pytest.mark.parametrize("name", docs.PAGES)
def test_the_reference_is_in_step(name):
    assert name not in docs.out_of_step(), "run `make docs`"


def test_a_page_out_of_step_is_seen(monkeypatch):
    monkeypatch.setitem(docs.PAGES, "settings.md", lambda: "# Other settings")
    assert docs.out_of_step() == ["settings.md"]


def test_every_setting_is_documented():
    page = (docs.REFERENCE / "settings.md").read_text("utf-8")
    assert [key.name for key in KEYS if f"`{key.name}`" not in page] == []


@pytest.mark.parametrize("package", LAW)
def test_every_package_says_what_it_owns(package):
    readme = ROOT / "yanzhen" / package.replace(".", "/") / "README.md"
    assert readme.exists(), "ten lines: what it owns, its words, its rules, what it never does"
    assert len(readme.read_text("utf-8")) > 200


@pytest.mark.parametrize("kind", [*OURS, *CHOICES], ids=lambda kind: kind.__qualname__)
def test_every_word_of_the_code_is_in_the_glossary(kind):
    assert f"`{kind.__qualname__}`" in GLOSSARY


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path):
    targets = LINK.findall(page.read_text("utf-8"))
    assert [each for each in targets if not (page.parent / each).exists()] == []


def test_the_pages_are_found():
    assert len(PAGES) > 30
