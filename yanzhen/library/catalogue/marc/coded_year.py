"""The year of publication stands twice in a record: as printed, and in a coded field."""

from yanzhen.library.catalogue.marc import isbd
from yanzhen.library.catalogue.marc.flavour import CNMARC, flavour_of
from yanzhen.library.catalogue.marc.record import SUBFIELD, Record

_PRINTED = {True: (("210", "d"),), False: (("260", "c"), ("264", "c"))}


def redated(before: Record, after: Record) -> Record:
    """The coded year follows the printed one if it agreed with it before; else it is left alone."""
    chinese = flavour_of(after) == CNMARC
    was, is_now = _printed(before, chinese), _printed(after, chinese)
    if not was or not is_now or was == is_now:
        return after
    lines = [_recoded(line, chinese, str(was), str(is_now)) for line in after.lines]
    return Record(after.leader, tuple(lines))


def _printed(record: Record, chinese: bool) -> int | None:
    return isbd.year(*(record.first(tag, code) for tag, code in _PRINTED[chinese]))


def _recoded(line: str, chinese: bool, was: str, is_now: str) -> str:
    """100$a 9-12 in CNMARC, 008/07-10 in MARC 21."""
    head = f"100  {SUBFIELD}a" if chinese else "008"
    at = len(head) + (9 if chinese else 7)
    if not line.startswith(head) or line[at : at + 4] != was:
        return line
    return line[:at] + is_now + line[at + 4 :]
