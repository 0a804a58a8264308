"""A list of results as a file: for spreadsheets, for other libraries, for writers.

Bounded by MOST, and written portion by portion; a list that was cut says so, in the file where its
form allows a remark, and in its name.
"""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.http import FileResponse, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from yanzhen.doors.portal import citations
from yanzhen.doors.portal.catalogue_exports import csv_lines
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.catalogue.giving_out import Export
from yanzhen.library.catalogue.queries import export
from yanzhen.library.discovery.queries import rows, title_rows

MOST = 5_000
PORTION = 200
SHOWN = 3  # titles named that do not fit
_IN_MEMORY = 1_000_000


class Kind(NamedTuple):
    """A form of file: its name in addresses, on the screen and at the end of the file's name."""

    name: str
    word: str
    ending: str
    content_type: str


KINDS = (
    Kind("csv", "CSV", "csv", "text/csv; charset=utf-8"),
    Kind("mrc", "MARC (UTF-8)", "mrc", "application/marc"),
    Kind("mrc-gb18030", "MARC (GB18030)", "iso", "application/marc"),
    Kind("marcxml", "MARCXML", "xml", "application/marcxml+xml"),
    Kind("bibtex", "BibTeX", "bib", "application/x-bibtex; charset=utf-8"),
    Kind("ris", "RIS", "ris", "application/x-research-info-systems; charset=utf-8"),
)
BY_NAME = {kind.name: kind for kind in KINDS}


@dataclass(frozen=True)
class Chosen:
    """What is to be written: the titles in their order, of `total` there are."""

    bib_ids: list[int]
    total: int
    address: Callable[[int], str]

    @property
    def cut(self) -> str:
        """The sentence that says so when these are not all; else ""."""
        if len(self.bib_ids) >= self.total:
            return ""
        said = {"most": f"{len(self.bib_ids):,}", "total": f"{self.total:,}"}
        return (
            _("一共 %(total)s 种，这里只有排在最前面的 %(most)s 种。请加上筛选分几次导出。") % said
        )

    def portions(self) -> Iterator[list[int]]:
        for start in range(0, len(self.bib_ids), PORTION):
            yield self.bib_ids[start : start + PORTION]

    def title_rows(self) -> Iterator[dict]:
        for some in self.portions():
            yield from title_rows(some)

    def rows(self) -> Iterator[dict]:
        for some in self.portions():
            yield from rows(some)


def download(request: HttpRequest, kind: Kind, bib_ids: list[int], total: int) -> HttpResponseBase:
    """The titles as a file. Raises Refused when a MARC file cannot hold all of them."""
    chosen = Chosen(bib_ids[:MOST], total, lambda bib_id: _address(request, bib_id))
    name = f"titles-first-{len(chosen.bib_ids)}" if chosen.cut else "titles"
    file_name = f"{name}.{kind.ending}"
    if kind.name.startswith("mrc"):
        return _marc(chosen, kind, file_name)
    lines = (piece.encode() for piece in _TEXTS[kind.name](chosen))
    response = StreamingHttpResponse(lines, content_type=kind.content_type)
    response["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response


def _address(request: HttpRequest, bib_id: int) -> str:
    return request.build_absolute_uri(reverse("portal:record", args=[bib_id]))


def _marc(chosen: Chosen, kind: Kind, file_name: str) -> FileResponse:
    """Written to the end before the first byte leaves: what does not fit is known by then."""
    encoding = "gb18030" if kind.name.endswith("gb18030") else "utf-8"
    written = Export(export(chosen.bib_ids), "iso2709", encoding)
    file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - the response closes it
    file.writelines(written)
    if written.left_out:
        file.close()
        raise _does_not_fit(written.left_out)
    file.seek(0)
    return FileResponse(
        file, as_attachment=True, filename=file_name, content_type=kind.content_type
    )


def _does_not_fit(left_out: list[tuple[int, str]]) -> Refused:
    said = {
        "count": len(left_out),
        "some": _("、").join(str(bib_id) for bib_id, _reason in left_out[:SHOWN]),
        "reason": left_out[0][1],
    }
    return Refused(
        "export-does-not-fit",
        _("有 %(count)d 种书目写不进这种文件（书目号 %(some)s）：%(reason)s") % said,
        _("请回到检索结果，改用 MARCXML 导出，它什么都写得下。"),
        status=422,
    )


def _csv(chosen: Chosen) -> Iterator[str]:
    return csv_lines(chosen.rows(), chosen.cut)


def _marcxml(chosen: Chosen) -> Iterator[str]:
    """The remark stands behind the collection, where XML allows one."""
    for piece in Export(export(chosen.bib_ids), "marcxml"):
        yield piece.decode()
    if chosen.cut:
        yield f"<!-- {chosen.cut} -->\n"


def _bibtex(chosen: Chosen) -> Iterator[str]:
    if chosen.cut:
        yield f"% {chosen.cut}\n\n"
    yield from citations.bibtex(chosen.title_rows(), chosen.address)


def _ris(chosen: Chosen) -> Iterator[str]:
    return citations.ris(chosen.title_rows(), chosen.address)


_TEXTS = {"csv": _csv, "marcxml": _marcxml, "bibtex": _bibtex, "ris": _ris}
