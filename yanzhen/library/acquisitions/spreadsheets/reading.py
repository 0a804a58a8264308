"""A supplier's list as rows of text: XLSX, or CSV in UTF-8 or GB18030."""

import csv
import io
import zipfile
from pathlib import PurePath

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from yanzhen.groundwork.refusals import Refused

MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED = 60 * 1024 * 1024
MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 5_000, 40, 500

Rows = list[list[str]]


def rows_of(name: str, content: bytes) -> Rows:
    """The rows of a file, the head among them; empty rows are left out. Raises Refused.

    Row n of the result need not be row n of the file: the first cell of each is its number there.
    """
    if not content:
        raise _unreadable(_("这个文件是空的。"))
    if len(content) > MOST_BYTES:
        raise _unreadable(_("文件超过 5 MB。"))
    zipped = content[:4] == b"PK\x03\x04"
    read = _from_excel(content) if zipped else _from_csv(content, PurePath(name).suffix)
    rows = [[str(number), *row] for number, row in enumerate(read, 1) if any(cell for cell in row)]
    if len(rows) < 2:
        raise _unreadable(_("没有读到书，只有表头或者空行。"))
    if len(rows) > MOST_ROWS:
        raise _unreadable(_("超过 %(most)d 行。") % {"most": MOST_ROWS})
    return rows


def _from_excel(content: bytes) -> Rows:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                raise _unreadable(_("解开以后太大。"))
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what a file claims of its size is not believed
        read = sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS, values_only=True)
        return [[_cell(value) for value in row] for row in read]
    except Refused:
        raise
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, IndexError, OSError,
            SyntaxError, TypeError, AttributeError) as broken:  # fmt: skip
        raise _unreadable(_("这个 Excel 文件已经损坏。")) from broken


def _from_csv(content: bytes, suffix: str) -> Rows:
    if suffix.lower() in {".xls", ".et", ".pdf", ".doc"}:
        raise _unreadable(_("读不了这种旧格式。"))
    text = _decoded(content)
    if "\x00" in text:
        raise _unreadable(_("这不是表格文件。"))
    first = text.split("\n", 1)[0]
    mark = max(",\t;，", key=first.count)
    try:
        read = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
        return [[_cell(value) for value in row[:MOST_COLUMNS]] for row in read]
    except csv.Error as broken:
        raise _unreadable(_("这个 CSV 文件已经损坏。")) from broken


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _unreadable(_("看不懂文件的编码。"))


def _cell(value: object) -> str:
    """A cell as text; an ISBN that Excel took for a number stays one: 9787020002207.0."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = "" if value is None else str(value)
    return "".join(c if c.isprintable() else " " for c in text).strip()[:LONGEST_CELL]


def _unreadable(message: str) -> Refused:
    return Refused(
        "list-unreadable",
        message,
        _("请另存为 .xlsx，或者 UTF-8、GB18030 编码的 CSV，再传一次。"),
        status=422,
    )
