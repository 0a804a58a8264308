"""The import law: what each package may import. There is no exception list."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2] / "yanzhen"

LAW: dict[str, set[str]] = {
    "groundwork": set(),
    "design": set(),
    "network": {"groundwork"},
    "people": {"groundwork", "network"},
    "library.catalogue": {"groundwork", "network", "people"},
    "library.patrons": {"groundwork", "network", "people"},
    "library.holdings": {"groundwork", "network", "people", "library.catalogue", "library.patrons"},
    "library.circulation": {
        "groundwork",
        "network",
        "people",
        "library.catalogue",
        "library.patrons",
        "library.holdings",
    },
    "library.discovery": {
        "groundwork",
        "network",
        "people",
        "library.catalogue",
        "library.holdings",
    },
}
_BELOW_HOLDINGS = {"groundwork", "network", "people", "library.catalogue", "library.patrons"}
LAW["library.holds"] = _BELOW_HOLDINGS | {"library.holdings"}
LAW["library.circulation"] |= {"library.holds"}
LAW["library.harvest"] = _BELOW_HOLDINGS | {"library.holdings", "library.discovery"}
LAW["library.acquisitions"] = _BELOW_HOLDINGS | {"library.holdings"}
LAW["library.rotation"] = _BELOW_HOLDINGS | {"library.holdings", "library.circulation"}
LAW["library.stocktaking"] = _BELOW_HOLDINGS | {"library.holdings", "library.circulation"}
LAW["library.merging"] = _BELOW_HOLDINGS | {
    "library.holdings",
    "library.holds",
    "library.acquisitions",
}
LAW["library.cataloguing"] = _BELOW_HOLDINGS | {"library.holdings"}
LAW["library.withdrawal"] = LAW["library.circulation"] | {"library.circulation"}
LAW["library.call_numbers"] = _BELOW_HOLDINGS | {"library.holdings"}
_BELOW_CULTURE = {"groundwork", "network", "people"}
LAW["culture.almanac"] = set(_BELOW_CULTURE)
LAW["culture.resources"] = _BELOW_CULTURE | {"culture.almanac"}
LAW["culture.activities"] = LAW["culture.resources"] | {"culture.resources"}
LAW["culture.booking"] = LAW["culture.activities"] | {"culture.activities"}
LAW["culture.planning"] = LAW["culture.activities"] | {"culture.activities"}
LAW["culture.courses"] = LAW["culture.activities"] | {"culture.activities"}
LAW["culture.tours"] = LAW["culture.activities"] | {"culture.activities"}
LAW["culture.contests"] = LAW["culture.activities"] | {"culture.activities"}
LAW["culture.telling"] = LAW["culture.booking"] | {"culture.booking", "culture.courses"}
DOMAIN = set(LAW)
LAW["doors"] = DOMAIN
LAW["demo"] = DOMAIN
LAW["config"] = DOMAIN | {"doors", "demo"}


def package_of(module: str) -> str | None:
    """The package of the law a dotted module under `yanzhen.` belongs to."""
    inner = module.removeprefix("yanzhen.")
    fitting = [name for name in LAW if inner == name or inner.startswith(f"{name}.")]
    return max(fitting, key=len, default=None)


def module_of(path: Path) -> str:
    return ".".join(("yanzhen", *path.relative_to(ROOT).with_suffix("").parts))


def imports(path: Path) -> Iterator[tuple[str, int, bool]]:
    """Yield (module, line, inside a function) for every import of a yanzhen module."""
    tree = ast.parse(path.read_text("utf-8"))
    inside = {
        id(node)
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: relative import"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        yield from (
            (name, node.lineno, id(node) in inside) for name in names if name.startswith("yanzhen.")
        )


def breaches(path: Path) -> Iterator[str]:
    own = package_of(module_of(path))
    for name, line, lazy in imports(path):
        other = package_of(name)
        where = f"{path.relative_to(ROOT.parent)}:{line}"
        if lazy:
            yield f"{where}: imports {name} inside a function"
        if other != own and other not in LAW[own]:
            yield f"{where}: {own} may not import {other}"


FILES = [
    path
    for path in sorted(ROOT.rglob("*.py"))
    if "migrations" not in path.parts and package_of(module_of(path)) is not None
]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_import_keeps_the_law(path):
    allowed_for_tests = "tests" in path.parts
    found = [each for each in breaches(path) if not (allowed_for_tests and "may not" in each)]
    assert found == []


def test_every_package_is_under_the_law():
    without = {
        path.parent.relative_to(ROOT).as_posix()
        for path in ROOT.rglob("*.py")
        if path.parent != ROOT and package_of(module_of(path)) is None
    }
    assert without <= {"library", "culture"}, "give the package a line in LAW"


def test_a_breach_is_seen(tmp_path, monkeypatch):
    culprit = ROOT / "groundwork" / "culprit.py"
    source = "def late():\n    from yanzhen.people.models import Person\n    return Person\n"
    monkeypatch.setattr(Path, "read_text", lambda self, *a: source)
    assert [each.split(": ", 1)[1] for each in breaches(culprit)] == [
        "imports yanzhen.people.models.Person inside a function",
        "groundwork may not import people",
    ]
