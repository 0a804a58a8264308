"""A handful of real titles on the shelves of the small county."""

from types import SimpleNamespace

from tests import county
from yanzhen.library.catalogue.marc.build import cnmarc

TITLES = (
    # title, subtitle, author, publisher, year, isbn13, clc, subjects
    ("红楼梦", "", "曹雪芹;高鹗", "人民文学出版社", 1996, "9787020002207", "I242.4", "章回小说"),
    ("红楼梦", "程乙本", "曹雪芹", "广西师范大学出版社", 2017, "", "I242.4", "章回小说"),
    ("红楼梦魇", "", "张爱玲", "北京十月文艺出版社", 2012, "", "I207.411", "红学"),
    ("三国演义", "", "罗贯中", "人民文学出版社", 1998, "", "I242.4", "历史小说"),
    ("单田芳评书", "", "单田芳", "春风文艺出版社", 1988, "", "I239.8", "评书"),
    ("柑橘栽培技术", "", "演示作者", "四川科学技术出版社", 2015, "", "S666", "果树;栽培"),
    ("彷徨", "", "鲁迅", "人民文学出版社", 1979, "", "I210.6", "小说"),
    ("呐喊", "", "鲁迅", "人民文学出版社", 1979, "", "I210.6", "小说"),
    ("老人与海", "", "海明威", "上海译文出版社", 2006, "", "I712.45", "中篇小说"),
    ("Charlotte's Web", "", "E. B. White", "HarperCollins", 1952, "", "I712.84", "Pigs"),
)


def shelved_titles(place) -> SimpleNamespace:
    """The titles as records with MARC; the first has copies in two branches."""
    bibs = [_bib(number, *facts) for number, facts in enumerate(TITLES)]
    named = SimpleNamespace(all=bibs, dream=bibs[0], other_dream=bibs[1], citrus=bibs[5])
    mark = "I242.4/12"
    county.copy(place, at=place.zhonghe, title=named.dream, call_number=mark)
    county.copy(place, at=place.linjiang, title=named.dream, call_number=mark, state="on_loan")
    county.copy(place, at=place.danshan, title=named.citrus, call_number="S666/7")
    return named


def _bib(number, title, subtitle, author, publisher, year, isbn, clc, subjects):
    latin = title.isascii()
    record = cnmarc(
        title=title,
        identifier=f"t{number}",
        entered=county.LONG_AGO,
        subtitle=subtitle,
        authors=author.split(";"),
        isbn=isbn,
        publisher=publisher,
        year=year,
        clc=clc,
        subjects=subjects.split(";"),
        language="eng" if latin else "chi",
    )
    return county.bib(
        title,
        subtitle=subtitle,
        author=author,
        publisher=publisher,
        year=year,
        isbn13=isbn,
        clc=clc,
        marc=record.dumps(),
        language="en" if latin else "zh",
    )
