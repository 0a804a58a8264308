"""Certificates: issued for the set share of lessons, withdrawn with a reason."""

import datetime as dt
import secrets

from django.db import transaction
from django.utils.translation import gettext as _

from yanzhen.culture.activities.models import Activity
from yanzhen.culture.courses import access, rules
from yanzhen.culture.courses.facts import CertificateIssued
from yanzhen.culture.courses.loading import enrolment_to_change
from yanzhen.culture.courses.models import Certificate
from yanzhen.culture.courses.queries import standing_of
from yanzhen.groundwork import audit, outbox
from yanzhen.groundwork.refusals import Refused, refuse_first
from yanzhen.people.roles import Actor

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that looks like something else on paper


@transaction.atomic
def issue(enrolment_id: int, *, by: Actor, at: dt.datetime) -> Certificate:
    """Issue the certificate of an enrolment, or return the one there is. Raises Refused."""
    enrolment = enrolment_to_change(enrolment_id)
    access.require_keeping(by, enrolment.course)
    there = Certificate.objects.filter(enrolment=enrolment, withdrawn_at=None).first()
    if there is not None:
        return there
    standing = standing_of(enrolment)
    refuse_first(
        rules.a_certificate_needs_the_set_share(standing.share, enrolment.course.completion_share)
    )
    practice = enrolment.course.activity.kind == Activity.Kind.SOCIAL_PRACTICE
    certificate = Certificate.objects.create(
        number=new_number(), enrolment=enrolment, minutes=standing.minutes, issued_at=at,
        issued_by=by.name,
        kind=Certificate.Kind.SOCIAL_PRACTICE if practice else Certificate.Kind.COMPLETION,
    )  # fmt: skip
    audit.write(
        by=by, at=at, action="certificate.issued", subject=f"course:{enrolment.course_id}",
        certificate=certificate.number,
    )  # fmt: skip
    outbox.record(CertificateIssued(certificate.pk, enrolment.pk), at=at)
    return certificate


@transaction.atomic
def withdraw(number: str, *, reason: str, by: Actor, at: dt.datetime) -> Certificate:
    """Withdraw a certificate that should not have been issued. Raises Refused."""
    rows = Certificate.objects.select_for_update(of=["self"])
    certificate = (
        rows.select_related("enrolment__course__activity__node__site")
        .filter(number=number, withdrawn_at=None).first()
    )  # fmt: skip
    if certificate is None:
        raise Refused(
            "certificate-not-found", _("没有找到这张证书。"), _("请核对编号。"), status=404
        )
    access.require_keeping(by, certificate.enrolment.course)
    refuse_first(rules.a_certificate_is_withdrawn_with_a_reason(reason))
    certificate.withdrawn_at, certificate.withdrawal_reason = at, reason.strip()
    certificate.save(update_fields=["withdrawn_at", "withdrawal_reason"])
    audit.write(
        by=by, at=at, action="certificate.withdrawn", subject=f"certificate:{number}",
        reason=certificate.withdrawal_reason,
    )  # fmt: skip
    return certificate


def new_number() -> str:
    """Twelve characters nobody can guess, in threes of four: AB12-CD34-EF56."""
    drawn = "".join(secrets.choice(ALPHABET) for _n in range(12))
    return "-".join(drawn[n : n + 4] for n in (0, 4, 8))
