"""Invented names for the demo residents: nobody real, but natural for Sichuan.

Everything here is 演示 (demo). The same number, birth year and gender always give the same name.
"""

from hashlib import blake2s
from pathlib import Path

SURNAMES = (
    "李:12 王:12 张:11 刘:10 陈:10 杨:8 黄:6 周:6 吴:5 罗:5 唐:4 邓:4 曾:4 何:4 徐:3 胡:3 林:3 "
    "谢:3 赵:3 钟:3 彭:3 廖:3 蒋:3 邹:2 冯:2 袁:2 曹:2 付:2 江:2 肖:2 余:2 叶:2 董:2 郑:2 "
    "朱:2 梁:2 苏:2 魏:2 龚:2 汪:2 郭:2 文:2 贺:1 谭:2 熊:1 苟:1 卿:1 阳:1 兰:1 倪:1 晏:1 "
    "伍:1 甘:1 舒:1 易:1 雷:1 黎:1 饶:1 幸:1 敖:1 游:1 喻:1"
)
_WEIGHTED = [
    surname
    for entry in SURNAMES.split()
    for surname, weight in [entry.split(":")]
    for _ in range(int(weight))
]

# Last birth year of the generation -> gender -> (characters in the middle, characters at the end).
GENERATIONS: dict[int, dict[str, tuple[str, str]]] = {
    1954: {
        "male": ("世朝廷正兴永应仕绍治光明全昌启德", "友财贵清书福和田山礼银成模修安伦"),
        "female": ("素玉桂淑碧秀琼成永昌世德光先代国", "珍芳琼兰群容贞英清华蓉芝莲云香碧"),
    },
    1979: {
        "male": ("建国志光大永世昌洪学长云小家正仁", "军勇平刚林富兵友全辉忠才明贵成松"),
        "female": ("晓丽秀红小春建素琼桂凤雪先定光永", "琼蓉芳梅英群会萍燕霞容莲芬辉玲菊"),
    },
    1999: {
        "male": ("俊伟鹏海晓小志文永家云林茂乾培川", "杰涛波鑫超龙峰斌洋飞凯松磊阳强亮"),
        "female": ("雪婷丽晓小春佳倩玉敏海秋雨冬川梦", "婷娟霞莉燕雯萍琳梅丹露莎君蓉洁玲"),
    },
    2999: {
        "male": ("子浩宇轩俊梓沐奕嘉铭允文皓辰景书", "轩涵宇诚睿航然杰豪辰宸博霖阳屹川"),
        "female": ("梓欣雨诗思语若佳沐可依一悦芷书乐", "涵怡彤妍萱琪瑶桐宁玥晴菡妤溪苒禾"),
    },
}

# Combinations of the characters above which a well-known person bears; they are passed over.
PUBLIC_NAMES = frozenset(
    Path(__file__).with_name("public_names.txt").read_text(encoding="utf-8").split()
)

_STRIDE = 101  # prime to every pool size (16 x 16), so a pool is used up before it repeats


def name_for(n: int, *, birth_year: int, gender: str) -> str:
    """Return the three-character name of demo resident number ``n`` (``n >= 0``).

    ``gender`` is ``"female"`` or ``"male"``; KeyError otherwise. Numbers less than 256 apart with
    the same generation and gender hardly ever share a given name.
    """
    middles, ends = _pools(birth_year)[gender]
    surname = _surname(n)
    size = len(middles) * len(ends)
    for place in range(n * _STRIDE, n * _STRIDE + size):
        row, column = divmod(place % size, len(ends))
        middle, end = middles[row], ends[(column + 7 * row) % len(ends)]
        if middle != end and surname + middle + end not in PUBLIC_NAMES:
            return surname + middle + end
    raise AssertionError("every given name of a generation is taken by public figures")


def _surname(n: int) -> str:
    digest = blake2s(str(n).encode(), digest_size=4).digest()
    return _WEIGHTED[int.from_bytes(digest, "big") % len(_WEIGHTED)]


def _pools(birth_year: int) -> dict[str, tuple[str, str]]:
    return next(pools for last_year, pools in GENERATIONS.items() if birth_year <= last_year)
