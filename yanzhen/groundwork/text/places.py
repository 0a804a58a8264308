"""English names of places, made from the Chinese ones by the pinyin spelling rules (GB/T 16159)."""

from yanzhen.groundwork.text.romanisation import syllables

_KINDS = (  # longest ending first
    ("社区居民委员会", "Community"),
    ("村村民委员会", "Village"),
    ("街道办事处", "Subdistrict"),
    ("居民委员会", "Community"),
    ("村民委员会", "Village"),
    ("民族乡", "Ethnic Township"),
    ("社区", "Community"),
    ("街道", "Subdistrict"),
    ("镇", "Town"),
    ("乡", "Township"),
    ("村", "Village"),
    ("区", "District"),
    ("县", "County"),
    ("市", "City"),
    ("省", "Province"),
)


def romanise(name: str) -> tuple[str, str]:
    """Split a place name into its spelled proper part and its English kind.

    中和镇 -> ("Zhonghe", "Town"); an unknown ending gives the kind "". A one-character proper
    part keeps its ending: 新村 -> ("Xincun", "Village").
    """
    name = name.strip()
    for ending, kind in _KINDS:
        proper = name.removesuffix(ending)
        if proper != name and proper:
            kept = name if len(proper) == len(ending) == 1 else proper
            return _spell(kept), kind
    return _spell(name), ""


def english_place_name(name: str) -> str:
    """宝莲街道 -> Baolian Subdistrict."""
    return " ".join(part for part in romanise(name) if part)


def _spell(name: str) -> str:
    spelled = ""
    for syllable in syllables(name):
        if spelled and syllable[0] in "aeo":  # 保安 Bao'an, so that it is not read ba-oan
            spelled += "'"
        spelled += "ü".join(syllable.split("v")) if syllable[:2] in ("lv", "nv") else syllable
    return spelled[:1].upper() + spelled[1:]
