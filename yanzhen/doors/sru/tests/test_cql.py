"""CQL is read as its grammar says; whatever else comes is a diagnostic and nothing worse."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yanzhen.doors.sru import cql
from yanzhen.doors.sru.cql import Clause, Combined
from yanzhen.doors.sru.diagnostics import Diagnosed

A, B, C = (Clause("", "", each) for each in "abc")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("红楼梦", Clause("", "", "红楼梦")),
        ('"a b"', Clause("", "", "a b")),
        ('"a \\" b"', Clause("", "", 'a \\" b')),
        ('""', Clause("", "", "")),
        ("dc.title=x", Clause("dc.title", "=", "x")),
        ("DC.Title ANY x", Clause("dc.title", "any", "x")),
        ('dc.title == "x y"', Clause("dc.title", "==", "x y")),
        ("dc.date>=1990", Clause("dc.date", ">=", "1990")),
        ("dc.title =/stem/x.y=2 a", Clause("dc.title", "=", "a", ("stem", "x.y=2"))),
        ("a and b", Combined("and", A, B)),
        ("a OR b not c", Combined("not", Combined("or", A, B), C)),
        ("a or (b and c)", Combined("or", A, Combined("and", B, C))),
        ("((a))", A),
        ("(dc.title=x)and(b)", Combined("and", Clause("dc.title", "=", "x"), B)),
        ('"and" and b', Combined("and", Clause("", "", "and"), B)),
    ],
)
def test_the_grammar(text, tree):
    assert cql.read(text).tree == tree


def test_what_to_sort_by():
    assert cql.read("a sortBy dc.date/sort.descending dc.title").keys == (
        ("dc.date", ("sort.descending",)), ("dc.title", ()),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("", 10), ("   ", 10), ("(a", 10), ("a)", 10), ("()", 10), ("a and", 10), ("dc.title=", 10),
        ("= a", 10), ('"open', 10), ('"a" = b', 10), ("a b", 10), ("a sortby", 10), ("a /x", 10),
        ("a b c d", 10), ("(" * 41 + "a" + ")" * 41, 10), ("x" * 4001, 12),
        (" or ".join("a" * 62), 38), ("a prox b", 39), ("a prox/distance<3 b", 39),
        ("a and/rel.x b", 46), (">dc='x' a", 48),
    ],
)  # fmt: skip
def test_what_is_no_query_gets_its_number(text, number):
    with pytest.raises(Diagnosed) as wrong:
        cql.read(text)
    assert wrong.value.number == number


@given(st.text(max_size=80) | st.text('ab"()=<>/\\ *', max_size=60))
def test_any_text_is_a_query_or_a_diagnostic(text):
    with suppress(Diagnosed):
        assert cql.read(text).tree


_TERMS = st.text(
    st.characters(blacklist_categories=["Cs"], blacklist_characters='"\\'), min_size=1, max_size=12
)
_CLAUSES = st.builds(
    Clause, st.sampled_from(["dc.title", "bath.isbn", "x"]),
    st.sampled_from(["=", "==", "<>", "<=", "any", "all"]), _TERMS,
) | st.builds(Clause, st.just(""), st.just(""), _TERMS)  # fmt: skip
_TREES = st.recursive(
    _CLAUSES,
    lambda inner: st.builds(Combined, st.sampled_from(["and", "or", "not"]), inner, inner),
    max_leaves=12,
)


def written(node: cql.Node) -> str:
    if isinstance(node, Combined):
        return f"({written(node.left)}) {node.how} ({written(node.right)})"
    return f'{node.index} {node.relation} "{node.term}"'.strip()


@given(_TREES)
def test_every_tree_comes_back_as_it_was_written(tree):
    assert cql.read(written(tree)).tree == tree
