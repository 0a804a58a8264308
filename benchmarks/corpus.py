"""Believable Chinese titles in any number, the same ones every time (演示: nothing here is real).

Words follow Zipf's law as in a real catalogue: a few stand in every tenth title, most in a handful.
Title number n depends on n and the seed alone, so a run of 10,000 is the beginning of one of a
million. `facts` gives the titles, `iso2709` a record as bytes, `bib_values` and `index_row` what the
database and the search index hold.
"""

import datetime as dt
import random
from collections.abc import Iterator
from typing import NamedTuple

from yanzhen.groundwork.text.isbn import check_digit
from yanzhen.library.discovery.documents import Row

SEED = 2026
ENTERED = "20200101"
BIB_COLUMNS = (
    "id", "flavour", "marc", "match_key", "title", "subtitle", "author", "publisher", "year",
    "isbn13", "language", "format", "clc", "source", "created_at", "changed_at",
)  # fmt: skip

_QUALITIES = (
    "中国 现代 实用 农村 社会主义 当代 四川 新编 基础 古代 国际 企业 计算机 世界 青少年 传统 民间 "
    "城市 儿童 地方 生态 家庭 公共 数字 绿色 大学 中医 应用 高等 经典 全球 区域 丘陵 沱江 乡土 少数民族 "
    "电子 机械 化学 生物 历史 工业 网络 语文 英语 数学 物理 环境 职业 中学 小学 常见 简明 图解 高效"
).split()
_THINGS = (
    "经济 文化 教育 技术 文学 管理 历史 社会 法律 艺术 农业 科学 语言 医学 思想 哲学 政治 教学 工程 小说 "
    "诗歌 散文 音乐 美术 书法 戏曲 建筑 地理 旅游 水利 水稻 柑橘 蔬菜 养猪 桑蚕 果树 病虫害 土壤 饲料 针灸 "
    "养生 心理 营养 食品 市场 金融 财政 税收 会计 统计 贸易 人口 民俗 宗教 道德 心理学 写作 阅读 图书馆 档案 "
    "新闻 出版 电影 舞蹈 体育 武术 象棋 军事 天文 气象 地质 植物 动物 昆虫 遗传 化工 材料 能源 电力 汽车 铁路 "
    "公路 航空 软件 数据库 人工智能 机器人 通信 自动化 印刷 纺织 陶瓷 园林 花卉 竹编 家电 摄影 收藏 家谱 方言"
).split()
_ENDINGS = (
    "研究 概论 教程 史 入门 手册 基础 导论 指南 选集 大全 问答 词典 论文集 实践 分析 原理 文集 读本 故事 "
    "图谱 技术 百科 讲义 札记 丛谈"
).split()
_PIECES = (
    "山水春秋风云月明江海天地人心金玉石木林花草竹松梅兰雨雪星光阳夜晨白青红黄紫长远高深新古大小东西南北中上"
    "文书画诗歌声色香味情意志德仁义礼智信真善美和平安康福寿喜乐丰收农工商学兵车船桥路城乡村镇河湖泉溪田园"
    "师友父母儿女兄弟姐妹梦想飞行走进来去回归思忆记说谈论品读写听看"
)
_SURNAMES = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华文玉兰红建国志海云峰林春梅晓东雪琴小燕德福永康思远"
_CITIES = "北京 上海 成都 重庆 广州 南京 武汉 西安 长沙 杭州 沈阳 天津 济南 昆明 贵阳 合肥 郑州 福州".split()
_HOUSES = (
    "人民 文艺 科学技术 教育 少年儿童 大学 美术 古籍 农业 经济 民族 书画 音乐 电子 音像 法制 交通 医药 财经 "
    "文史 出版 新华 师范大学 理工大学 农业大学 译文 地图 辞书 作家 工人 青年 妇女"
).split()
_LETTERS = "IIIIIIKKKGGGTTTTFFFDDDHHRRJJJSSBBCOPQNXZUEVA"
_FORMATS = ("book",) * 93 + ("periodical", "periodical", "large_print", "braille", "sound") * 1 + (
    "video", "electronic",
)  # fmt: skip


class Facts(NamedTuple):
    """One invented title. `author` holds one name or two parted by ';'."""

    number: int
    title: str
    subtitle: str
    author: str
    publisher: str
    place: str
    year: int
    isbn: str
    clc: str
    subject: str
    language: str
    format: str


def facts(count: int, *, first: int = 1, seed: int = SEED) -> Iterator[Facts]:
    """Titles number `first` to `first + count - 1`."""
    for number in range(first, first + count):
        yield fact(number, seed)


def fact(number: int, seed: int = SEED) -> Facts:
    """Title number `number`."""
    r = random.Random(number * 1_000_003 + seed)
    chance = r.random
    thing = _zipf(_THINGS, chance())
    city = _zipf(_CITIES, chance())
    authors = _name(chance) if chance() < 0.8 else f"{_name(chance)};{_name(chance)}"
    twelve = f"9787{number % 100_000_000:08d}"
    return Facts(
        number=number,
        title=_title(thing, chance),
        subtitle=_rare(chance) + "篇" if chance() < 0.15 else "",
        author=authors,
        publisher=f"{city}{_zipf(_HOUSES, chance())}出版社",
        place=city,
        year=max(1950, 2025 - int(r.expovariate(1 / 14))),
        isbn=twelve + check_digit(twelve),
        clc=_class(chance),
        subject=f"{thing}—{_zipf(_ENDINGS, chance())}",
        language="zh" if chance() < 0.97 else "en",
        format=_FORMATS[int(chance() * len(_FORMATS))],
    )


def bib_values(one: Facts, marc: str, at: dt.datetime) -> tuple:
    """Values for BIB_COLUMNS."""
    return (
        one.number, "cnmarc", marc, f"{one.isbn}-{one.number}", one.title, one.subtitle,
        one.author, one.publisher, one.year, one.isbn, one.language, one.format, one.clc, "演示",
        at, at,
    )  # fmt: skip


def index_row(one: Facts, branches: tuple[str, ...], shelves: tuple[str, ...], copies: int) -> Row:
    """The title as the search index takes it."""
    return Row(
        one.number, one.title, one.subtitle, one.author, one.publisher, one.year, one.language,
        one.format, one.clc, subjects=(one.subject,), isbns=(one.isbn,),
        call_numbers=(f"{one.clc}/{one.number}",), branches=branches, shelves=shelves,
        copies=copies,
    )  # fmt: skip


def marc_lines(one: Facts) -> list[str]:
    """The fields of a CNMARC record, each its tag and body."""
    names = one.author.split(";")
    heading, division = one.subject.split("—")
    code = "chi" if one.language == "zh" else "eng"
    subtitle = f"\x1fe{one.subtitle}" if one.subtitle else ""
    return [
        f"001D{one.number:09d}",
        f"010  \x1fa{one.isbn}\x1fdCNY{20 + one.number % 60}.00",
        f"100  \x1fa{ENTERED}d{one.year}    em y0{code}y50      ea",
        f"1010 \x1fa{code}",
        "102  \x1faCN",
        f"2001 \x1fa{one.title}{subtitle}\x1ff{'，'.join(names)}著",
        f"210  \x1fa{one.place}\x1fc{one.publisher}\x1fd{one.year}",
        f"215  \x1fa{100 + one.number % 500}页\x1fd21cm",
        f"6060 \x1fa{heading}\x1fx{division}",
        f"690  \x1fa{one.clc}\x1fv5",
        *(f"701 0\x1fa{name}\x1f4著" for name in names),
        f"801 0\x1faCN\x1fb演示\x1fc{ENTERED}",
    ]


def stored(one: Facts) -> str:
    """The record as the database keeps it (catalogue/marc)."""
    return "\x1e".join(["00000nam0 2200000   450 ", *marc_lines(one)])


def iso2709(one: Facts, encoding: str = "utf-8") -> bytes:
    """The record as ISO 2709 bytes with its terminator."""
    directory, bodies, start = [], [], 0
    for line in marc_lines(one):
        body = line[3:].encode(encoding) + b"\x1e"
        directory.append(f"{line[:3]}{len(body):04}{start:05}")
        bodies.append(body)
        start += len(body)
    base = 24 + 12 * len(bodies) + 1
    leader = f"{base + start + 1:05}nam0 22{base:05}   450 "
    head = (leader + "".join(directory)).encode("ascii")
    return b"".join((head, b"\x1e", *bodies, b"\x1d"))


def _title(thing: str, chance) -> str:
    """About two words in three are common, the rest from the long tail."""
    ending = _zipf(_ENDINGS, chance())
    shape = chance()
    if shape < 0.35:
        return f"{_zipf(_QUALITIES, chance())}{thing}{ending}"
    if shape < 0.55:
        return f"{_rare(chance)}{thing}{ending}"
    if shape < 0.7:
        return f"{thing}与{_zipf(_THINGS, chance())}"
    if shape < 0.85:
        return f"{_rare(chance)}的{_rare(chance)}"
    return f"{_rare(chance)}{_zipf(_QUALITIES, chance())}{thing}"


def _zipf(words, chance: float):
    """A word whose frequency falls with its rank."""
    return words[int(len(words) ** chance) - 1]


def _rare(chance) -> str:
    """Two or three characters out of a tail of some million combinations."""
    pieces = len(_PIECES)
    word = _PIECES[int(pieces * chance())] + _PIECES[int(pieces * chance())]
    return word if chance() < 0.7 else word + _PIECES[int(pieces * chance())]


def _name(chance) -> str:
    given = _GIVEN[int(len(_GIVEN) * chance())]
    if chance() < 0.7:
        given += _GIVEN[int(len(_GIVEN) * chance())]
    return _zipf(_SURNAMES, chance()) + given


def _class(chance) -> str:
    number = f"{_LETTERS[int(len(_LETTERS) * chance())]}{int(10 + 290 * chance() ** 2)}"
    return f"{number}.{int(1 + 9 * chance())}" if chance() < 0.5 else number
