"""Titles as a file of MARC records for other systems."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from yanzhen.groundwork.refusals import Refused
from yanzhen.library.catalogue.marc import iso2709, xml
from yanzhen.library.catalogue.marc.record import Record

FORMATS = ("iso2709", "marcxml")
ENCODINGS = ("utf-8", "gb18030", "gbk")


@dataclass
class Export:
    """A file in the making: iterate for its bytes, then look at what it could not hold.

    `left_out` are (id, reason) of titles that do not fit the format or the encoding.
    """

    titles: Iterable[tuple[int, Record]]
    format: str = "iso2709"
    encoding: str = "utf-8"
    written: int = 0
    left_out: list[tuple[int, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.format not in FORMATS or self.encoding not in ENCODINGS:
            raise Refused(
                "export-form-unknown",
                _("不能写成“%(format)s”“%(encoding)s”。")
                % {"format": self.format[:40], "encoding": self.encoding[:40]},
                _("格式请选 iso2709 或 marcxml，编码请选 utf-8、gb18030 或 gbk。"),
                status=422,
            )
        if self.format == "marcxml" and self.encoding != "utf-8":
            raise Refused(
                "export-form-unknown",
                _("MARCXML 文件总是 UTF-8 编码的。"),
                _("请去掉编码选项；对方系统只认 GBK 时，请选 iso2709 格式。"),
                status=422,
            )

    def __iter__(self) -> Iterator[bytes]:
        if self.format == "marcxml":
            return xml.collection(self._counted())
        return self._iso2709()

    def _counted(self) -> Iterator[Record]:
        for _bib_id, record in self.titles:
            self.written += 1
            yield record

    def _iso2709(self) -> Iterator[bytes]:
        for bib_id, record in self.titles:
            try:
                written = iso2709.write(record, self.encoding)
            except iso2709.TooLong as trouble:
                self.left_out.append((bib_id, f"{trouble}{_('请改用 MARCXML 格式。')}"))
            except UnicodeEncodeError as trouble:
                sign = trouble.object[trouble.start]
                reason = _("“%(sign)s”这个字 %(code)s 编码里没有，请改用 gb18030 或 utf-8。")
                self.left_out.append((bib_id, reason % {"sign": sign, "code": self.encoding}))
            else:
                self.written += 1
                yield written
