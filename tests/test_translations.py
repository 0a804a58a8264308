"""The English is whole: every form of a sentence is found, and every sentence has its English."""

import ast
import re
from pathlib import Path

import pytest

from tools import translations

PO_HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
ALIASED = {"gettext", "ngettext", "pgettext", "npgettext"}


@pytest.fixture
def tree(tmp_path: Path, monkeypatch):
    """A source tree with one catalogue, the tool turned to it; gives a writer of files."""
    monkeypatch.setattr(translations, "ROOT", tmp_path)
    monkeypatch.setattr(translations, "PO", tmp_path / "locale/en.po")

    def write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    return write


def found() -> set:
    return {message.id for message in translations.extracted() if message.id}


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ('_("还")', "还"),
        ('gettext("还")', "还"),
        ('gettext_lazy("还")', "还"),
        ('_lazy("还")', "还"),
        ('lazy("还")', "还"),
        ('_("还" "了")', "还了"),
        ('_(\n    "还"  # why\n) % {"n": 1}', "还"),
        ("f\"{why}{_('还')}\"", "还"),
        ('Refused("code", _("还"), status=404)', "还"),
        ('class Kind(TextChoices):\n    ONE = "one", _("还")', "还"),
        ('ngettext("%(n)d 本", "%(n)d 册", n)', ("%(n)d 本", "%(n)d 册")),
        ('ngettext_lazy("%(n)d 本", "%(n)d 册", "n")', ("%(n)d 本", "%(n)d 册")),
        ('pgettext("heading", "还")', "还"),
        ('pgettext_lazy("heading", "还")', "还"),
        ('npgettext("heading", "%d 本", "%d 册", n)', ("%d 本", "%d 册")),
    ],
)
def test_each_form_in_code_is_found(tree, code, sentence):
    tree("yanzhen/a.py", code)
    assert found() == {sentence}


@pytest.mark.parametrize(
    ("page", "sentence"),
    [
        ("{% translate '还' %}", "还"),
        ('{% trans "还" %}', "还"),
        ('{% translate "还" as word %}', "还"),
        ('{% translate "还" context "heading" %}', "还"),
        ("{% blocktranslate %}还{% endblocktranslate %}", "还"),
        ("{% blocktranslate asvar word %}还 {{ n }}{% endblocktranslate %}", "还 %(n)s"),
        ("{% blocktranslate trimmed %}\n  还\n{% endblocktranslate %}", "还"),
        (
            "{% blocktranslate count n=books|length asvar word %}{{ n }} 本"
            "{% plural %}{{ n }} 册{% endblocktranslate %}",
            ("%(n)s 本", "%(n)s 册"),
        ),
        ('{% include "a.html" with word=_("还") current=here only %}', "还"),
        ('{% button _("还") kind="plain" %}', "还"),
        ('{% if word == _("还") %}{% endif %}', "还"),
        ('{{ word|default:_("还") }}', "还"),
        ('{{ at|date:_("n月") }}', "n月"),
        ('{{ _("还") }}', "还"),
    ],
)
def test_each_form_in_templates_is_found(tree, page, sentence):
    tree("yanzhen/templates/a.html", '{% load i18n %}<p class="it\'s">' + page)
    assert found() == {sentence}


def test_two_sentences_in_one_tag_are_both_found(tree):
    tree("yanzhen/templates/a.html", '{% include "a.html" with title=_("还") body=_("借") %}')
    assert found() == {"还", "借"}


def test_a_date_form_inside_a_block_is_found_beside_it(tree):
    page = '{% blocktranslate with due=at|date:_("n月j日") %}{{ due }} 到期{% endblocktranslate %}'
    tree("yanzhen/templates/a.html", page)
    assert found() == {"n月j日", "%(due)s 到期"}


def test_tests_and_migrations_say_nothing_to_a_reader(tree):
    tree("yanzhen/tests/test_a.py", '_("还")')
    tree("yanzhen/migrations/0001.py", '_("还")')
    assert found() == set()


def test_no_literal_sentence_of_our_code_is_missed():
    """Read a second way, by the syntax tree: the extraction finds all that it finds."""
    for path in translations.sources():
        if path.suffix != ".py":
            continue
        expected = {
            node.args[0].value
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Call)
            and getattr(node.func, "id", "") in {"_", "gettext", "gettext_lazy", "ngettext"}
            and isinstance(node.args[0], ast.Constant)
        }
        said = [message for _line, message, *_ in translations.sentences(path)]
        assert expected <= {each[0] if isinstance(each, tuple) else each for each in said}, path


def test_no_sentence_of_our_templates_is_missed():
    wanted = re.compile(r"""(?:_\(|\{%\s*translate\s+)(?:"([^"]+)"|'([^']+)')""")
    for path in translations.sources():
        if path.suffix == ".py":
            continue
        expected = {double or single for double, single in wanted.findall(path.read_text("utf-8"))}
        assert expected <= {
            each[-1] if isinstance(each, tuple) else each
            for _line, each, *_ in translations.sentences(path)
        }, path


def test_every_name_given_to_gettext_is_one_the_tool_looks_for():
    for path in translations.sources():
        if path.suffix != ".py":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
                names = {
                    each.asname or each.name
                    for each in node.names
                    if each.name.removesuffix("_lazy") in ALIASED
                }
                assert names <= set(translations.KEYWORDS), path


def test_a_sentence_without_english_fails_the_check(tree, capsys):
    tree("yanzhen/a.py", '_("还")')
    tree("locale/en.po", PO_HEAD)
    assert translations.check() == 1
    assert "no English for: '还'" in capsys.readouterr().out


@pytest.mark.parametrize(
    "entry",
    [
        'msgid "还"\nmsgstr ""\n',
        '#, fuzzy\nmsgid "还"\nmsgstr "Return"\n',
        'msgctxt "heading"\nmsgid "还"\nmsgstr "Return"\n',
        'msgid "还"\nmsgid_plural "还"\nmsgstr[0] "Return"\nmsgstr[1] ""\n',
    ],
)
def test_english_that_would_not_be_shown_fails_the_check(tree, entry):
    tree("yanzhen/a.py", '_("还")')
    tree("locale/en.po", PO_HEAD + entry)
    assert translations.check() == 1


@pytest.mark.parametrize(
    ("english", "result"),
    [
        ("Due %(due)s for %(name)s", 0),
        ("%(name)s: due %(due)s", 0),
        ("Due %(due)s", 1),
        ("Due %(date)s for %(name)s", 1),
        ("Due %(due)s for %(name)s and %(n)d", 1),
    ],
)
def test_the_english_has_the_placeholders_of_the_chinese(tree, english, result):
    tree("yanzhen/a.py", '_("%(name)s 的书 %(due)s 到期")')
    entry = f'#, python-format\nmsgid "%(name)s 的书 %(due)s 到期"\nmsgstr "{english}"\n'
    tree("locale/en.po", PO_HEAD + entry)
    assert translations.check() == result


@pytest.mark.parametrize(
    ("one", "many", "result"),
    [("once", "%(n)d times", 0), ("%(n)d time", "%(n)d times", 0), ("once", "more than once", 1)],
)
def test_only_the_singular_may_leave_the_number_out(tree, one, many, result):
    tree("yanzhen/a.py", 'ngettext("%(n)d 次", "%(n)d 次", n)')
    entry = f'msgid "%(n)d 次"\nmsgid_plural "%(n)d 次"\nmsgstr[0] "{one}"\nmsgstr[1] "{many}"\n'
    tree("locale/en.po", PO_HEAD + entry)
    assert translations.check() == result


def test_update_keeps_the_english_there_is_and_drops_what_is_said_no_more(tree):
    tree("yanzhen/a.py", '_("还")\n_("借")')
    entries = 'msgid "还"\nmsgstr "Return"\n\nmsgid "旧"\nmsgstr "Old"\n'
    path = tree("locale/en.po", PO_HEAD + entries)
    translations.update()
    catalog = translations.read()
    assert {message.id: message.string for message in catalog if message.id} == {
        "还": "Return", "借": "",
    }  # fmt: skip
    first = path.read_bytes()
    translations.update()
    assert path.read_bytes() == first


def test_our_own_english_is_whole(capsys):
    assert translations.check() == 0, capsys.readouterr().out


def test_no_chinese_punctuation_is_left_in_our_english():
    for message in translations.read():
        for form in translations._forms(message.string):
            assert not re.search("[，。；：！？、（）《》]", form), form
