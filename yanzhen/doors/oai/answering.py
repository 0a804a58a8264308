"""One function a verb: what is asked in, the inside of the answer out. Each may raise Wrong."""

import datetime as dt
import re
from dataclasses import replace

from django.conf import settings
from django.utils.translation import gettext as _

from yanzhen.doors.oai import tokens, writing
from yanzhen.doors.oai.asking import Wrong, dates, format_of
from yanzhen.doors.oai.tokens import Place
from yanzhen.doors.oai.writing import tag
from yanzhen.doors.portal.catalogue_words import FORMATS
from yanzhen.library.harvest import queries
from yanzhen.library.harvest.queries import Offered, Window
from yanzhen.library.harvest.sets import BRANCH, MATERIAL

PAGE = 200
_LARGEST_ID = 2**63 - 1
_SET = re.compile(r"[A-Za-z0-9\-_.!~*'()]+(:[A-Za-z0-9\-_.!~*'()]+)*")


def identify(arguments: dict[str, str], address: str, at: dt.datetime) -> str:
    domain = settings.YANZHEN_OAI_DOMAIN
    earliest = queries.earliest() or at
    described = (
        '<description><oai-identifier xmlns="http://www.openarchives.org/OAI/2.0/oai-identifier" '
        'xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/oai-identifier '
        'http://www.openarchives.org/OAI/2.0/oai-identifier.xsd">'
        + tag("scheme", "oai")
        + tag("repositoryIdentifier", domain)
        + tag("delimiter", ":")
        + tag("sampleIdentifier", writing.identifier(domain, 1))
        + "</oai-identifier></description>"
    )
    told = [
        tag("repositoryName", _("雁江区图书馆总分馆联合目录")),
        tag("baseURL", address),
        tag("protocolVersion", "2.0"),
        tag("adminEmail", settings.YANZHEN_OAI_EMAIL or f"postmaster@{domain}"),
        tag("earliestDatestamp", writing.second(earliest)),
        tag("deletedRecord", "persistent"),
        tag("granularity", "YYYY-MM-DDThh:mm:ssZ"),
        described,
    ]
    return f"<Identify>{''.join(told)}</Identify>"


def list_metadata_formats(arguments: dict[str, str], address: str, at: dt.datetime) -> str:
    if "identifier" in arguments:
        _offer(arguments["identifier"])
    return f"<ListMetadataFormats>{writing.metadata_formats()}</ListMetadataFormats>"


def list_sets(arguments: dict[str, str], address: str, at: dt.datetime) -> str:
    """All at once: there are as many as branches."""
    if "resumptionToken" in arguments:
        raise Wrong("badResumptionToken", "The list of sets comes whole; it needs no token.")
    told = [
        f"<set>{tag('setSpec', spec)}{tag('setName', _set_name(spec, name))}</set>"
        for spec, name in queries.sets()
    ]
    return f"<ListSets>{''.join(told)}</ListSets>"


def _set_name(spec: str, name: str) -> str:
    if spec == BRANCH:
        return _("有馆藏的书目")
    if spec == MATERIAL:
        return _("全部书目，按文献形式")
    return str(FORMATS.get(name, name)) if spec.startswith(f"{MATERIAL}:") else name


def get_record(arguments: dict[str, str], address: str, at: dt.datetime) -> str:
    offer = _offer(arguments["identifier"])
    told = writing.record(offer, settings.YANZHEN_OAI_DOMAIN, format_of(arguments))
    return f"<GetRecord>{told}</GetRecord>"


def list_identifiers(arguments: dict[str, str], address: str, at: dt.datetime) -> str:
    domain = settings.YANZHEN_OAI_DOMAIN
    offers, resumption, _prefix = _listed("ListIdentifiers", arguments)
    told = [writing.header(offer, domain) for offer in offers]
    return f"<ListIdentifiers>{''.join(told)}{resumption}</ListIdentifiers>"


def list_records(arguments: dict[str, str], address: str, at: dt.datetime) -> str:
    domain = settings.YANZHEN_OAI_DOMAIN
    offers, resumption, prefix = _listed("ListRecords", arguments)
    told = [writing.record(offer, domain, prefix) for offer in offers]
    return f"<ListRecords>{''.join(told)}{resumption}</ListRecords>"


ANSWERS = {
    "Identify": identify, "ListMetadataFormats": list_metadata_formats, "ListSets": list_sets,
    "GetRecord": get_record, "ListIdentifiers": list_identifiers, "ListRecords": list_records,
}  # fmt: skip


def _offer(identifier: str) -> Offered:
    """The offer of an identifier, deleted or not. Raises Wrong."""
    start = writing.identifier(settings.YANZHEN_OAI_DOMAIN, 0)[:-1]
    number = identifier.removeprefix(start)
    known = number != identifier and number.isascii() and number.isdigit() and len(number) < 20
    offer = queries.one(int(number)) if known and int(number) <= _LARGEST_ID else None
    if offer is None or writing.identifier(settings.YANZHEN_OAI_DOMAIN, offer.bib_id) != identifier:
        raise Wrong("idDoesNotExist", "There is no title with this identifier.")
    return offer


def _listed(verb: str, arguments: dict[str, str]) -> tuple[list[Offered], str, str]:
    """The next part of a list, its resumption token as XML, and the format."""
    token = arguments.get("resumptionToken")
    place = tokens.read(token, verb) if token is not None else _begun(verb, arguments)
    offers, more = queries.portion(place.window, place.after, PAGE)
    if not offers and token is None:
        raise Wrong("noRecordsMatch", "Nothing has moved in this set between these dates.")
    size = place.size if token is not None else len(offers)
    if more and token is None:
        size = queries.count(place.window)
    told = place.told + len(offers)
    next_place = replace(place, told=told, size=max(size, told))
    if more:
        next_place = replace(next_place, after=offers[-1].position)
    return (
        offers,
        _resumption(next_place, place.told, more, resumed=token is not None),
        place.prefix,
    )


def _begun(verb: str, arguments: dict[str, str]) -> Place:
    prefix = format_of(arguments)
    since, until = dates(arguments)
    spec = arguments.get("set", "")
    if "set" in arguments and not _SET.fullmatch(spec):
        raise Wrong("badArgument", "set: this cannot be the name of a set; see ListSets.")
    return Place(verb, prefix, Window(spec, since, until))


def _resumption(place: Place, cursor: int, more: bool, *, resumed: bool) -> str:
    """The token for what follows; an empty one ends a list that came in parts."""
    if not more and not resumed:
        return ""
    counts = {"completeListSize": str(place.size), "cursor": str(cursor)}
    return tag("resumptionToken", tokens.written(place) if more else "", **counts)
