"""Asking a target over SRU 1.1, 1.2 or 2.0 (searchRetrieve)."""

import io
import re
from urllib.parse import urlencode

from yanzhen.library.catalogue.marc import xml
from yanzhen.library.catalogue.marc.iso2709 import Damaged
from yanzhen.library.cataloguing.answers import MOST_RECORDS, Address, Answer, Question, Trouble
from yanzhen.library.cataloguing.fetching import fetch
from yanzhen.library.cataloguing.sru_envelope import opened

_SPECIAL = re.compile(r'(["\\*?^])')


def ask(address: Address, question: Question) -> Answer:
    """What the target has. Raises Trouble when it gave nothing to read."""
    content, trouble = fetch(address, urlencode(_parameters(address, question)))
    envelope = opened(content)
    if envelope.diagnostic:
        raise Trouble("login" if envelope.wants_login else "diagnostic", envelope.diagnostic)
    if not envelope.is_sru:
        raise trouble or Trouble(envelope.fault or "not-sru")
    answer = Answer(address, hits=envelope.hits, trouble=trouble)
    for each in (one for whole in envelope.records for one in xml.read(io.BytesIO(whole))):
        if isinstance(each, Damaged):
            answer.damaged += 1
        else:
            answer.records.append(each)
    del answer.records[MOST_RECORDS:]
    if trouble is None and envelope.fault:
        answer.trouble = Trouble(envelope.fault)
    elif trouble is None and envelope.hits and not answer.records:
        answer.trouble = Trouble("no-marc", envelope.schema)
    return answer


def cql(index: str, terms: tuple[str, ...]) -> str:
    """`index = "term"`, for any of the terms; nothing in a term has a meaning of its own."""
    quoted = [_SPECIAL.sub(r"\\\1", term) for term in terms]
    return " or ".join(f'{index} = "{term}"' for term in quoted)


def _parameters(address: Address, question: Question) -> dict[str, str]:
    given = {
        "version": address.version,
        "operation": "searchRetrieve",
        "query": cql(address.indexes[question.by], question.terms),
        "startRecord": "1",
        "maximumRecords": str(MOST_RECORDS),
        "recordSchema": address.schema,
    }
    if address.version == "2.0":
        del given["operation"]
        return given | {"queryType": "cql", "recordXMLEscaping": "xml"}
    return given | {"recordPacking": "xml"}
