"""The demo titles as a supplier would send them: titles-gbk.iso, ISO 2709 in GBK with 905 fields.

`yanzhen demo --write-sample` writes the file anew after a change of titles.csv.
"""

from pathlib import Path

from yanzhen.demo.places import HUB
from yanzhen.demo.titles import Title, all_titles, record_of
from yanzhen.library.catalogue.marc import iso2709

SAMPLE = Path(__file__).with_name("titles-gbk.iso")
ENCODING = "gb18030"  # the titles use no character outside GBK, so the bytes are GBK


def sample_file() -> bytes:
    """Every title with one copy proposed for the main library; see shelves.py on barcodes."""
    records = (record_of(title, [_proposed_copy(title)]) for title in all_titles())
    return b"".join(iso2709.write(record, ENCODING) for record in records)


def _proposed_copy(title: Title) -> list[tuple[str, str]]:
    """Subfields of 905 as the default mapping reads them (see marc/holdings905.py)."""
    class_number, _slash, running = title.call_number.partition("/")
    barcode = f"YJ90{title.number:06d}"
    return [("a", HUB), ("b", barcode), ("d", class_number), ("e", running)]
