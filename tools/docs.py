"""The reference pages that are made from the code, so that they cannot fall out of step.

    python -m tools.docs            write docs/reference/*.md
    python -m tools.docs --check    say which page is out of step; exit code 1 if any

Every page is one function in `PAGES`: it asks the code and gives back Markdown.
"""

import ast
import importlib
import inspect
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from types import ModuleType

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yanzhen.config.settings")
django.setup()

from django.apps import apps  # noqa: E402
from django.core.management import get_commands, load_command_class  # noqa: E402
from django.urls import URLPattern, URLResolver, get_resolver  # noqa: E402
from django.utils import translation  # noqa: E402

from yanzhen.config import environment, invariants  # noqa: E402
from yanzhen.config.subscriptions import SUBSCRIPTIONS  # noqa: E402
from yanzhen.library.circulation.cases import CASES  # noqa: E402
from yanzhen.library.holdings.models import Copy  # noqa: E402
from yanzhen.people import roles  # noqa: E402
from yanzhen.people.models import Role  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "docs" / "reference"
ONLY_WHILE_DEBUGGING = "/design/"


def table(heads: list[str], rows: list[list[str]]) -> str:
    """A Markdown table; a bar inside a cell is escaped."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(
        f"| {' | '.join(c.replace('|', chr(92) + '|') for c in row)} |" for row in lines
    )


def summary(thing: object) -> str:
    """The first paragraph of a docstring in one line; nothing for what has none of its own."""
    text = (thing.__doc__ or "") if not is_dataclass(thing) else _own_words(thing)
    return " ".join(inspect.cleandoc(text).split("\n\n")[0].split())


def _own_words(kind: type) -> str:
    return "" if (kind.__doc__ or "").startswith(f"{kind.__name__}(") else kind.__doc__ or ""


def sentence(name: str) -> str:
    """`a_return_says_where` as a sentence: A return says where."""
    return name.replace("_", " ").capitalize()


def modules(name: str) -> Iterator[tuple[str, ModuleType]]:
    """Yield (package, module) for every `<package>/<name>.py`, in order of the path."""
    for path in sorted((ROOT / "yanzhen").rglob(f"{name}.py")):
        dotted = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        yield dotted.removeprefix("yanzhen.").rpartition(".")[0], importlib.import_module(dotted)


# ---- settings -------------------------------------------------------------------------------


def settings_page() -> str:
    rows = [
        [f"`{key.name}`", f"`{key.default}`" if key.default else "empty", key.meaning]
        for key in environment.KEYS
    ]
    return (
        "# Settings\n\nAll come from the environment; a `.env` file at the project's root is read "
        "first.\nA variable that begins with `YANZHEN_` and is not listed here stops the start.\n\n"
        + table(["Name", "Default", "What it does"], rows)
    )


# ---- addresses ------------------------------------------------------------------------------


def addresses(language: str = "zh-hans") -> Iterator[tuple[str, str, Callable]]:
    """Yield (address, name, view) for every address; for "en" the screens are those under /en/."""
    with translation.override(language):
        for address, name, view in _walk(get_resolver().url_patterns, "/", ""):
            if ONLY_WHILE_DEBUGGING not in address:
                yield address, name, view


def _walk(patterns: list, before: str, space: str) -> Iterator[tuple[str, str, Callable]]:
    for each in patterns:
        address = f"{before}{each.pattern}"
        if isinstance(each, URLResolver):
            inner = f"{space}{each.namespace}:" if each.namespace else space
            yield from _walk(each.url_patterns, address, inner)
        elif isinstance(each, URLPattern):
            yield address, f"{space}{each.name}" if each.name else "", each.callback


def asks(view: Callable) -> str:
    """What an address asks of its caller, e.g. "staff: circulate"."""
    access = getattr(view, "access", None)
    if access is None:
        return "**nothing declared: shut**"
    return f"{access.kind}: {access.capability}" if access.capability else access.kind


def urls_page() -> str:
    rows = [
        [f"`{address}`", f"`{name}`" if name else "", asks(view), _told(address, view)]
        for address, name, view in addresses()
    ]
    return (
        "# Addresses\n\nEvery address and what it asks of its caller (`yanzhen/doors/gate.py`). "
        "Screens exist a second time under `/en/`.\n`public` is open to everybody, `signed-in` to "
        "whoever has signed in, `staff: …` to staff with that duty, and `token` to\n"
        "programs, whose door asks by itself (see [api.md](api.md)).\n"
        "What declares nothing stays shut.\n\n"
        + table(["Address", "Name", "Asks for", "What it is"], rows)
    )


def _told(address: str, view: Callable) -> str:
    return "" if address.startswith("/api/") else summary(view)


# ---- rules ----------------------------------------------------------------------------------


def rules_page() -> str:
    parts = [
        "# Rules\n\nEvery rule is a function whose name is the sentence. It takes values and gives "
        "back a refusal or nothing.\nWhat a person reads is the message after each code; programs "
        "compare the code."
    ]
    for package, module in modules("rules"):
        functions = [
            f for f in _functions(module) if "Refused" in str(f.__annotations__.get("return"))
        ]
        rows = [[sentence(f.__name__), summary(f), "<br>".join(_refusals(f))] for f in functions]
        parts.append(f"## {package}\n\n{table(['Rule', 'Why', 'Refuses with'], rows)}")
    return "\n\n".join([*parts, _held_by_the_database(), _invariants()])


def _functions(module: ModuleType) -> list[Callable]:
    members = vars(module).values()
    return [
        f for f in members
        if inspect.isfunction(f) and f.__module__ == module.__name__ and f.__name__[0] != "_"
    ]  # fmt: skip


def _refusals(rule: Callable) -> Iterator[str]:
    """The code and first sentence of every `Refused(...)` in a rule and in what it calls there."""
    module = sys.modules[rule.__module__]
    for node in ast.walk(ast.parse(inspect.getsource(rule))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        if node.func.id == "Refused":
            message = next((n.value for n in ast.walk(node.args[1]) if _is_text(n)), "")
            yield f"`{node.args[0].value}` {message}"
        elif node.func.id.startswith("_") and inspect.isfunction(vars(module).get(node.func.id)):
            yield from _refusals(vars(module)[node.func.id])


def _is_text(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Constant) and isinstance(node.value, str) and not node.value.isascii()
    )


def _held_by_the_database() -> str:
    rows = [
        [f"`{model.__name__}`", sentence(constraint.name)]
        for model in apps.get_models()
        if model.__module__.startswith("yanzhen.")
        for constraint in model._meta.constraints
    ]
    return "## What the database itself holds\n\n" + table(["Row", "Constraint"], rows)


def _invariants() -> str:
    rows = [
        [
            each.__module__.removeprefix("yanzhen.").removesuffix(".invariants"),
            sentence(each.__name__),
        ]
        for each in invariants.INVARIANTS
    ]
    return (
        "## What holds at every commit\n\n`yanzhen check-invariants` asks all of it.\n\n"
        + table(["Package", "Invariant"], rows)
    )


# ---- the item's life ------------------------------------------------------------------------


def item_life_page() -> str:
    rows = [
        [
            c.state,
            c.event,
            c.where,
            c.held,
            c.next,
            ", ".join(c.effects) or "",
            c.refusal and f"`{c.refusal}`",
        ]
        for c in CASES
    ]
    states = [
        f"- **{state.value}** {state.label}: {'; '.join(_ways_out(state)) or 'stays'}"
        for state in Copy.State
    ]
    return (
        "# The life of an item\n\nThe rows that lending and returning follow "
        "(`yanzhen/library/circulation/cases.py`). “Where” is where the scan\n"
        "happens, seen from the copy: at its home, away from it; for a copy on the road at the "
        "goal, at the start, or short of\nthe goal. "
        "“Held for” is who waits for the copy. A return is never refused.\n\n"
        + table(
            ["State", "Event", "Where", "Held for", "Next", "What happens", "Refused with"], rows
        )
        + "\n\n## States\n\n"
        + "\n".join(states)
    )


def _ways_out(state: str) -> Iterator[str]:
    for case in CASES:
        if case.state == state and case.next != state:
            told = ", ".join(each for each in (case.where, case.held) if each != "any")
            where = f" ({told})" if told else ""
            yield f"{case.event}{where} → {case.next}"


# ---- facts, roles, commands -----------------------------------------------------------------


def facts_page() -> str:
    rows = []
    for package, module in modules("facts"):
        kinds = [
            k for k in vars(module).values() if is_dataclass(k) and k.__module__ == module.__name__
        ]
        rows += [
            [
                f"`{kind.__name__}`",
                package,
                ", ".join(f.name for f in fields(kind)),
                _heard(kind),
                summary(kind),
            ]
            for kind in kinds
        ]
    return (
        "# Facts\n\nWhat packages report when something has happened, and who hears it "
        "(`yanzhen/config/subscriptions.py`).\n"
        "A fact that nobody hears yet is kept all the same.\n\n"
        + table(["Fact", "Told by", "Carries", "Heard by", "Meaning"], rows)
    )


def _heard(kind: type) -> str:
    names = (
        f"{each.__module__.removeprefix('yanzhen.')}.{each.__name__}"
        for each in SUBSCRIPTIONS.get(kind, ())
    )
    return "<br>".join(f"`{name}`" for name in names) or "nobody yet"


def roles_page() -> str:
    able = sorted({each for held in roles.CAPABILITIES.values() for each in held})
    rows = [
        [
            f"`{kind.value}`",
            str(kind.label),
            *("●" if each in roles.CAPABILITIES[kind] else "" for each in able),
        ]
        for kind in Role.Kind
    ]
    return (
        "# Roles\n\nWhat each role may do (`yanzhen/people/roles.py`). A role is given at a node "
        "and reaches everything below it;\nwithout a node it reaches the whole county. What is not "
        "marked is not allowed.\n\n"
        + table(["Role", "中文", *(each.replace("_", " ") for each in able)], rows)
    )


def commands_page() -> str:
    ours = sorted(name for name, app in get_commands().items() if app.startswith("yanzhen."))
    parts = [
        "# Commands\n\n`.venv/bin/yanzhen …`. Django's own commands (`migrate`, `createsuperuser`, "
        "`dbshell`, …) work in the same way.\n"
        "Long work shows a progress bar on a terminal and stays quiet in a pipe."
    ]
    for name in ours:
        command = load_command_class(get_commands()[name], name)
        parser = command.create_parser("yanzhen", name)
        own = [a for a in parser._actions if a.dest not in _DJANGOS_OWN]
        rows = [
            [f"`{' '.join(a.option_strings) or a.dest}`", a.help or "", _default(a)] for a in own
        ]
        options = f"\n\n{table(['Argument', 'What it does', 'Default'], rows)}" if rows else ""
        parts.append(f"## yanzhen {_typed(name, command)}\n\n{command.help}{options}")
    return "\n\n".join(parts)


_DJANGOS_OWN = {
    "help", "version", "verbosity", "settings", "pythonpath", "traceback", "no_color",
    "force_color", "skip_checks",
}  # fmt: skip


def _typed(name: str, command: object) -> str:
    """The name as people type it: taken from the docstring of its module, `yanzhen NAME …`."""
    words = (sys.modules[type(command).__module__].__doc__ or "").removeprefix("`yanzhen ")
    typed = words.split("`")[0].split(" FILE")[0].strip()
    return typed if typed.replace(" ", "_").replace("-", "_") == name else name.replace("_", "-")


def _default(action) -> str:
    if action.default in (None, False, "") or not action.option_strings:
        return ""
    return "from the settings" if action.dest in {"host", "port"} else f"`{action.default}`"


PAGES: dict[str, Callable[[], str]] = {
    "settings.md": settings_page,
    "urls.md": urls_page,
    "rules.md": rules_page,
    "item-life.md": item_life_page,
    "facts.md": facts_page,
    "roles.md": roles_page,
    "commands.md": commands_page,
}
MADE = "\n\n---\nMade from the code by `make docs`; change the code, not this page.\n"


def pages() -> Iterator[tuple[Path, str]]:
    """Yield (path, text) of every page as it should be."""
    with translation.override(None):
        for name, page in PAGES.items():
            yield REFERENCE / name, page() + MADE


def out_of_step() -> list[str]:
    """The names of pages that do not say what the code says."""
    return [
        path.name for path, text in pages()
        if not path.exists() or path.read_text("utf-8") != text
    ]  # fmt: skip


def main() -> int:
    if "--check" in sys.argv:
        late = out_of_step()
        if late:
            print(f"这些页面与代码不一致：{'、'.join(late)}。请运行 make docs。")
        return 1 if late else 0
    REFERENCE.mkdir(parents=True, exist_ok=True)
    for path, text in pages():
        path.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
