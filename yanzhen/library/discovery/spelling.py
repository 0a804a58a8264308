"""Did you mean: titles and names that sound or look like what was typed."""

from collections.abc import Iterator

import tantivy

from yanzhen.groundwork.text import pinyin, words
from yanzhen.library.catalogue.models import BibRecord
from yanzhen.library.discovery import asking
from yanzhen.library.discovery.asking import Asked, entire, term
from yanzhen.library.discovery.forms import HAN, joined
from yanzhen.library.discovery.index import Index, ids_of
from yanzhen.library.discovery.naming import names_of
from yanzhen.library.discovery.schema import LATIN, schema

_CANDIDATES = 30
_LONGEST = 40
_TWO_SLIPS = 8


def did_you_mean(asked: Asked, index: Index) -> str:
    """A query that finds something and is near to what was typed, or "".

    Homophones are the usual slip (红搂梦 for 红楼梦), so sound counts before shape. Several parts
    typed are mended one by one. Raises NoIndex.
    """
    searcher = index.searcher()
    whole = _mended(searcher, asked.whole)
    if whole:
        return whole
    if len(asked.chunks) < 2:
        return ""
    mended = [
        chunk if _is_known(searcher, chunk) else _mended(searcher, chunk) or chunk
        for chunk in asked.chunks
    ]
    return " ".join(mended) if mended != list(asked.chunks) else ""


def _is_known(searcher: tantivy.Searcher, chunk: str) -> bool:
    """True for a word that stands in titles or names: it needs no mending, which takes long."""
    return any(searcher.doc_freq(field, chunk) for field in ("title", "author"))


def _mended(searcher: tantivy.Searcher, typed: str) -> str:
    if not 2 <= len(typed) <= _LONGEST:
        return ""
    sound = pinyin(typed)
    allowed = _slips(sound) + 0.5
    near = {
        text: _distance(sound, pinyin(text)) + _distance(typed, joined(text)) / 10
        for text in _candidates(searcher, typed, sound)
        if abs(len(pinyin(text)) - len(sound)) <= allowed and joined(text) != typed
    }
    fitting = [(far, text) for text, far in near.items() if far <= allowed]
    return min(fitting)[1] if fitting else ""


def _candidates(searcher: tantivy.Searcher, typed: str, sound: str) -> Iterator[str]:
    """Whole titles, names, and words of titles in the records that come near."""
    near = BibRecord.objects.living().filter(id__in=_near(searcher, typed, sound))
    for title, author in near.values_list("title", "author"):
        yield title
        yield from names_of(author)
        yield from (word for word in words(title) if len(word) > 1)


def _near(searcher: tantivy.Searcher, typed: str, sound: str) -> set[int]:
    """Titles that sound like what was typed, or look like it.

    To look for Chinese signs with a slip takes longest, and what is near in them and would be
    offered is near in sound too: it is done only where more sounds near than is looked at.
    """
    fuzzy, slips = tantivy.Query.fuzzy_term_query, _slips(sound)
    by_sound, by_shape = asking.is_latin(sound), HAN.fullmatch(typed) and len(typed) > 2
    sounding = (entire("exact", sound), entire("names", sound), term("sounds", sound))
    near = {each for query in sounding for each in _some(searcher, query)}
    for field, latin in LATIN.items():
        heard = _some(searcher, fuzzy(schema(), latin, sound, slips)) if by_sound else []
        near.update(heard)
        if by_shape and (not by_sound or len(heard) == _CANDIDATES):
            for where in (field, latin):
                near.update(_some(searcher, fuzzy(schema(), where, typed, 1)))
    return near


def _some(searcher: tantivy.Searcher, query: tantivy.Query) -> list[int]:
    return ids_of(searcher, searcher.search(query, _CANDIDATES, False))


def _slips(sound: str) -> int:
    """How many letters may be wrong: none in the shortest, where every word is near another."""
    if len(sound) < 4:
        return 0
    return 2 if len(sound) >= _TWO_SLIPS else 1


def _distance(one: str, other: str) -> int:
    """Edit distance (Levenshtein)."""
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, 1):
        above, row = row, [i]
        for j, right in enumerate(other, 1):
            row.append(min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (left != right)))
    return row[-1]
