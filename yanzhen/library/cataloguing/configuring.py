"""The list of targets, kept by the main house."""

import datetime as dt
from dataclasses import asdict, dataclass, replace

from django.db import transaction
from django.utils.translation import gettext as _

from yanzhen.groundwork import audit
from yanzhen.groundwork.refusals import Refused, refuse_first
from yanzhen.library.catalogue.access import require_cataloguing
from yanzhen.library.cataloguing import passwords, rules
from yanzhen.library.cataloguing.models import Target
from yanzhen.people.roles import Actor

# What a target is called where nothing else is said: CQL names, and use attributes of Bib-1.
USUAL_INDEXES = {
    "sru": {"isbn": "bath.isbn", "title": "dc.title", "author": "dc.creator"},
    "z3950": {"isbn": "7", "title": "4", "author": "1003"},
}
USUAL_SCHEMA = "marcxml"


@dataclass(frozen=True)
class Wanted:
    """A target as it shall be. For SRU port, database, syntax and charset say nothing."""

    name: str
    kind: str
    address: str
    port: int = 210
    database: str = ""
    syntax: str = Target.Syntax.CNMARC
    schema: str = ""
    version: str = Target.Version.V12
    charset: str = Target.Charset.AUTO
    isbn_index: str = ""
    title_index: str = ""
    author_index: str = ""
    account: str = ""
    seconds: int = 10
    position: int = 1
    active: bool = False
    note: str = ""

    @property
    def indexes(self) -> list[str]:
        return [self.isbn_index, self.title_index, self.author_index]


def with_usual_indexes(wanted: Wanted) -> Wanted:
    """The target with the names most others use, if it has none of its own."""
    if any(wanted.indexes):
        return wanted
    names = USUAL_INDEXES[wanted.kind]
    return replace(
        wanted, isbn_index=names["isbn"], title_index=names["title"], author_index=names["author"]
    )


def put_target(
    wanted: Wanted, *, target_id: int | None = None, password: str = "",
    by: Actor, at: dt.datetime,
) -> Target:  # fmt: skip
    """Add a target, or change one. An empty `password` leaves the one that is kept; without an
    account it is forgotten. Raises Refused, DoesNotExist."""
    with transaction.atomic():
        require_cataloguing(by)
        old = Target.objects.select_for_update().get(pk=target_id) if target_id else None
        others = Target.objects.exclude(pk=old.pk) if old else Target.objects.all()
        taken = others.filter(name=wanted.name).exists()
        kept = bool(old and passwords.kept(old.pk))
        stays_secret = rules.a_password_stays_with_its_address(
            _goes_elsewhere(old, wanted), kept and bool(wanted.account), password
        )
        refuse_first(*_faults(wanted, taken), stays_secret,
                     rules.an_account_is_one_word(wanted.account, password))  # fmt: skip
        target = old or Target()
        for name, value in asdict(wanted).items():
            setattr(target, name, value)
        target.save()
        _keep(target, password)
        audit.write(
            by=by, at=at, action="target.changed" if old else "target.added",
            subject=f"target:{target.pk}", name=target.name, address=whereabouts(target),
            active=target.active, new_password=bool(password),
        )  # fmt: skip
    return target


def remove_target(target_id: int, *, by: Actor, at: dt.datetime) -> None:
    """Take a target off the list; what was taken from it keeps its name. Raises Refused,
    DoesNotExist."""
    with transaction.atomic():
        require_cataloguing(by)
        target = Target.objects.select_for_update().get(pk=target_id)
        audit.write(
            by=by, at=at, action="target.removed", subject=f"target:{target_id}", name=target.name
        )
        target.delete()
        passwords.forget(target_id)


def whereabouts(target: Target) -> str:
    """Where a target is, in one line."""
    if target.kind == Target.Kind.SRU:
        return target.address
    return f"{target.address}:{target.port}/{target.database}"


def _faults(wanted: Wanted, taken: bool) -> list[Refused | None]:
    faults = [
        rules.a_target_has_a_name(wanted.name),
        rules.a_name_stands_for_one_target(wanted.name, taken),
    ]
    if wanted.kind == Target.Kind.SRU:
        faults.append(rules.a_web_address_is_whole(wanted.address))
    else:
        faults += [
            rules.a_host_is_only_a_host(wanted.address),
            rules.a_port_is_a_port(wanted.port),
            rules.a_database_is_one_word(wanted.database),
        ]
    faults += [rules.an_index_is_a_name(wanted.kind, index) for index in wanted.indexes]
    return [
        *faults,
        rules.a_target_can_be_searched(wanted.indexes),
        rules.a_target_waits_a_minute_at_most(wanted.seconds),
    ]


def _goes_elsewhere(old: Target | None, wanted: Wanted) -> bool:
    """Whether the password would be sent to another server, or for another account."""
    where = ("kind", "address", "port", "account")
    return old is not None and any(getattr(old, n) != getattr(wanted, n) for n in where)


def _keep(target: Target, password: str) -> None:
    try:
        if not target.account:
            passwords.forget(target.pk)
        elif password:
            passwords.keep(target.pk, password)
    except OSError:
        raise Refused(
            "password-not-kept",
            _("密码没能存下来。"),
            _("请管理员检查数据目录能不能写、满了没有，再保存一次。"),
            status=500,
        ) from None
