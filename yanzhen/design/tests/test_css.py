"""Weight of the styles, and the contrast of every pair of colours in all four themes."""

import re
from pathlib import Path

import pytest

STYLES = Path(__file__).parent.parent / "static" / "design"
TONES = ("pine", "cinnabar", "ochre", "bamboo", "river")
PAIRS = (
    [(text, ground) for text in ("ink", "quiet", *TONES) for ground in ("paper", "surface", "sunk")]
    + [(tone, f"{tone}-tint") for tone in TONES]
    + [(text, f"{tone}-tint") for tone in TONES for text in ("ink", "quiet")]
    + [
        ("on-fill", "pine"),
        ("on-fill", "pine-deep"),
        ("pine", "pine-tint"),
        ("river", "cinnabar-tint"),
    ]
)
LINES = [
    ("edge", "paper"),
    ("edge", "surface"),
    ("focus", "paper"),
    ("focus", "surface"),
    ("focus", "sunk"),
]


def folded(css: str) -> str:
    """Without comments and needless spaces."""
    css = re.sub(r"\s+", " ", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))
    return re.sub(r"\s*([{};:,>])\s*", r"\1", css)


def themes() -> dict[str, dict[str, str]]:
    """Selector -> colour tokens; every theme starts from the light one."""
    css = re.sub(r"/\*.*?\*/", "", (STYLES / "tokens.css").read_text(), flags=re.DOTALL)
    found: dict[str, dict[str, str]] = {}
    for selector, body in re.findall(r"(:root[^{]*)\{([^}]*)\}", css):
        colours = dict(re.findall(r"--([a-z-]+):\s*(#[0-9A-Fa-f]{6})", body))
        if "paper" in colours:
            found[selector.strip()] = {**found.get(":root", {}), **colours}
    return found


def luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG contrast ratio, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_all_styles_together_weigh_less_than_30_kb():
    weight = sum(len(folded(path.read_text()).encode()) for path in STYLES.glob("*.css"))
    assert 1_000 < weight < 30_000


def test_there_are_five_sets_of_colours():
    assert len(themes()) == 5


def test_dark_by_device_and_dark_by_hand_are_the_same():
    found = themes()
    assert found[':root:not([data-theme="light"])'] == found[':root[data-theme="dark"]']


@pytest.mark.parametrize("selector", themes())
def test_every_text_is_readable_on_its_ground(selector):
    colours = themes()[selector]
    weak = {
        pair: round(ratio, 2)
        for pair in PAIRS
        if (ratio := contrast(*map(colours.get, pair))) < 4.5
    }
    assert weak == {}


@pytest.mark.parametrize("selector", themes())
def test_field_edges_and_the_focus_ring_are_seen(selector):
    colours = themes()[selector]
    weak = {
        pair: round(ratio, 2) for pair in LINES if (ratio := contrast(*map(colours.get, pair))) < 3
    }
    assert weak == {}


def test_no_style_reaches_out_to_another_host_or_names_a_web_font():
    for path in STYLES.glob("*.css"):
        assert not re.search(r"url\(|@import|@font-face|https?:", path.read_text()), path.name


def test_every_colour_and_size_that_is_used_is_defined():
    css = "".join(path.read_text() for path in STYLES.glob("*.css"))
    used = set(re.findall(r"var\((--[a-z0-9-]+)", css))
    assert used <= set(re.findall(r"(--[a-z0-9-]+):", css))
