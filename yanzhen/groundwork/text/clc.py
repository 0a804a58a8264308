"""中国图书馆分类法 (Chinese Library Classification): shelf order and main classes."""

import re
import unicodedata

MAIN_CLASSES = {  # letter: (zh, en), 5th edition
    "A": (
        "马克思主义、列宁主义、毛泽东思想、邓小平理论",
        "Marxism, Leninism, Mao Zedong Thought, Deng Xiaoping Theory",
    ),
    "B": ("哲学、宗教", "Philosophy and religion"),
    "C": ("社会科学总论", "Social sciences in general"),
    "D": ("政治、法律", "Politics and law"),
    "E": ("军事", "Military science"),
    "F": ("经济", "Economics"),
    "G": ("文化、科学、教育、体育", "Culture, science, education, sports"),
    "H": ("语言、文字", "Language"),
    "I": ("文学", "Literature"),
    "J": ("艺术", "Art"),
    "K": ("历史、地理", "History and geography"),
    "N": ("自然科学总论", "Natural sciences in general"),
    "O": ("数理科学和化学", "Mathematics, physics, chemistry"),
    "P": ("天文学、地球科学", "Astronomy and earth sciences"),
    "Q": ("生物科学", "Life sciences"),
    "R": ("医药、卫生", "Medicine and health"),
    "S": ("农业科学", "Agriculture"),
    "T": ("工业技术", "Industrial technology"),
    "U": ("交通运输", "Transport"),
    "V": ("航空、航天", "Aviation and spaceflight"),
    "X": ("环境科学、安全科学", "Environment and safety"),
    "Z": ("综合性图书", "General works"),
}  # fmt: skip

# Signs of the notation in shelf order; all come before digits, digits before letters.
_SIGNS = {sign: f"1{place}" for place, sign in enumerate('-()"=<>:+.')}
_IGNORED = str.maketrans("", "", "[]{} ")
_RUNS = re.compile(r"[0-9]+|.", re.DOTALL)


def class_letter(call_number: str) -> str:
    """Main class of a class or call number, "" when it has none: I247.5/12 -> I."""
    letter = _plain(call_number)[:1]
    return letter if letter in MAIN_CLASSES else ""


def class_name(letter: str) -> tuple[str, str]:
    """Chinese and English name of a main class; ("", "") when there is no such class."""
    return MAIN_CLASSES.get(letter, ("", ""))


def sort_key(call_number: str) -> str:
    """Key that puts call numbers (lines parted by "/") in shelf order.

    The class line compares as a decimal fraction (I247.5 before I25), the other lines by
    number (9 before 10). Only 0-9 and a-z occur, so every database collation agrees.
    """
    class_line, *others = _plain(call_number).split("/")
    parts = ["".join(map(_class_char, class_line.replace(".", "")))]
    parts += ["".join(map(_run, _RUNS.findall(line))) for line in others]
    return "0".join(parts)


def _plain(call_number: str) -> str:
    return unicodedata.normalize("NFKC", call_number).upper().translate(_IGNORED)


def _class_char(char: str) -> str:
    if "0" <= char <= "9":
        return chr(ord("a") + int(char))
    return _sign_or_letter(char)


def _run(run: str) -> str:
    """A number goes by its length, then its digits."""
    if "0" <= run[0] <= "9":
        digits = (run.lstrip("0") or "0")[:99]
        return f"a{len(digits):02}{digits}"
    return _sign_or_letter(run)


def _sign_or_letter(char: str) -> str:
    if "A" <= char <= "Z":
        return "k" + char.lower()
    return _SIGNS.get(char) or f"z{ord(char):06x}"
