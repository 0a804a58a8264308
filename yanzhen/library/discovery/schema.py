"""The fields of the search index. Raise VERSION with every change here or in documents.py."""

from functools import cache

import tantivy

from yanzhen.library.discovery.documents import BRANCH_COLUMNS

VERSION = 5

# Words a reader's word is looked for in, and how much a hit there counts.
WEIGHTS = {"title": 8.0, "author": 4.0, "subject": 2.0, "publisher": 1.0}

# The forms of a whole title or name that begin in Latin letters have a field of their own: to look
# for a text with slips of the pen takes a tenth of the time where it passes no Chinese title, and
# what begins as a prefix does is all in one field.
LATIN = {"exact": "exact_latin", "names": "names_latin"}

# Where a word typed in Latin letters may be the spelling of something: of a word or a name, or of a
# whole title.
SPELLINGS = ("sounds", LATIN["exact"])

_MARKS = (*LATIN, *LATIN.values(), "isbn", "shelfmark", "clc", "branches")
_COLUMNS = ("shelves", "format", "language", "class_letter")
_NUMBER_COLUMNS = ("newest", "copies", "year")

# Texts that are sorted by or counted, never looked for. tantivy's Python face has no text without
# an index of its words; a tokenizer that finds none saves a title two words nobody else has.
_TEXT_COLUMNS = (*BRANCH_COLUMNS, "title_order", "author_order")
_NO_WORDS = "no_words"


@cache
def schema() -> tantivy.Schema:
    """Words are cut beforehand and parted by spaces; marks are matched whole or by prefix."""
    fields = tantivy.SchemaBuilder()
    fields.add_integer_field("id", indexed=True, fast=True)
    for name in WEIGHTS:
        fields.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    fields.add_text_field("sounds", tokenizer_name="whitespace", index_option="basic")
    fields.add_text_field("pairs", tokenizer_name="whitespace", index_option="position")
    for name in _MARKS:
        fields.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in _COLUMNS:
        fields.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in _TEXT_COLUMNS:
        fields.add_text_field(name, tokenizer_name=_NO_WORDS, index_option="basic", fast=True)
    fields.add_integer_field("available", indexed=True, fast=True)
    for name in _NUMBER_COLUMNS:
        fields.add_integer_field(name, indexed=False, fast=True)
    return fields.build()


def register_tokenizers(build: tantivy.Index, *, writing: bool) -> None:
    """Make the schema's own tokenizer known to an index that was opened.

    Who asks for a range of a column needs it to leave a text whole; the columns answer.
    """
    build.register_fast_field_tokenizer(_NO_WORDS, _whole().build())
    found = _whole().filter(tantivy.Filter.remove_long(0)) if writing else _whole()
    build.register_tokenizer(_NO_WORDS, found.build())


def _whole() -> tantivy.TextAnalyzerBuilder:
    return tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.raw())
