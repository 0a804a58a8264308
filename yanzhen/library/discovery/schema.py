"""The fields of the search index. Raise VERSION with every change here or in documents.py."""

from functools import cache

import tantivy

from yanzhen.library.discovery.documents import BRANCH_COLUMNS

VERSION = 4

# Words a reader's word is looked for in, and how much a hit there counts.
WEIGHTS = {"title": 8.0, "author": 4.0, "subject": 2.0, "publisher": 1.0}

# The forms of `exact` and `names` that are in Latin letters once more: to look for a text with
# slips of the pen takes a tenth of the time where it does not pass every Chinese title.
LATIN = {"exact": "exact_latin", "names": "names_latin"}

_MARKS = (*LATIN, *LATIN.values(), "isbn", "shelfmark", "clc", "branches")
_COLUMNS = (*BRANCH_COLUMNS, "shelves", "format", "language", "class_letter")
_ORDERS = ("title_order", "author_order")
_NUMBERS = ("available", "year")
_ONLY_SORTED = ("newest", "copies")


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
    for name in _ORDERS:
        fields.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in _NUMBERS:
        fields.add_integer_field(name, indexed=True, fast=True)
    for name in _ONLY_SORTED:
        fields.add_integer_field(name, indexed=False, fast=True)
    return fields.build()
