"""Which fields and subfields the form shows, in groups, for CNMARC and for MARC 21."""

from dataclasses import dataclass

from yanzhen.library.catalogue.marc.flavour import CNMARC, MARC21


@dataclass(frozen=True, slots=True)
class Shape:
    """One field in the form: its `codes` in the order they are written.

    `many`: the field may stand several times; `again`: codes that may within one field. A blank
    field is not offered beside a field `unless`; with its own tag there, never. `pinyin`: $A after
    $a spells it.
    """

    tag: str
    codes: str
    indicators: str = "  "
    many: bool = False
    again: str = ""
    unless: str = ""
    pinyin: bool = False


Group = tuple[str, tuple[Shape, ...]]

_HELD = ("held", (Shape("905", "abcdesfv", many=True, again="b"),))
GROUPS: dict[str, tuple[Group, ...]] = {
    CNMARC: (
        ("title", (
            Shape("200", "adehifg", "1 ", again="g", pinyin=True),
            Shape("701", "a4", " 0", many=True, pinyin=True),
            Shape("702", "a4", " 0", many=True, pinyin=True),
            Shape("711", "a4", "02", many=True, unless="711"),
            Shape("712", "a4", "02", many=True, unless="712"),
        )),
        ("published", (
            Shape("205", "a"),
            Shape("210", "acd"),
            Shape("225", "aiv", "2 ", many=True, pinyin=True),
        )),
        ("carrier", (Shape("215", "acde"), Shape("101", "ac", "0 "))),
        ("numbers", (Shape("010", "abd", many=True), Shape("011", "ad", many=True, unless="011"))),
        ("subject", (
            Shape("690", "av", many=True),
            Shape("606", "axyz", "0 ", many=True),
            Shape("610", "a", "0 ", many=True, again="a"),
        )),
        ("notes", (Shape("300", "a", many=True), Shape("330", "a", many=True))),
        _HELD,
    ),
    MARC21: (
        ("title", (
            Shape("245", "abnpc", "10"),
            Shape("100", "ade", "1 "),
            Shape("700", "ade", "1 ", many=True),
        )),
        ("published", (
            Shape("250", "a"),
            Shape("260", "abc", unless="264"),
            Shape("264", "abc", " 1", many=True, unless="260"),
            Shape("490", "av", "0 ", many=True),
        )),
        ("carrier", (Shape("300", "abce"), Shape("041", "a"))),
        ("numbers", (Shape("020", "aqc", many=True), Shape("022", "a", many=True, unless="022"))),
        ("subject", (
            Shape("093", "a2", many=True),
            Shape("650", "axyz", " 4", many=True),
            Shape("653", "a", many=True, again="a"),
        )),
        ("notes", (Shape("500", "a", many=True), Shape("520", "a", many=True))),
        _HELD,
    ),
}  # fmt: skip
