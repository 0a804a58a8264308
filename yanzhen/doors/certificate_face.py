"""What a certificate says, for its holder and for the paper; the check page shows less."""

from dataclasses import dataclass

import segno
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from yanzhen.culture.courses.access import host_of
from yanzhen.culture.courses.models import Certificate
from yanzhen.doors.gate import Request


@dataclass(frozen=True)
class Face:
    """The words and the code of a printed certificate; `check_url` opens the public check."""

    name: str
    course: str
    host: str
    hours: str
    check_url: str
    code: SafeString


def face(request: Request, certificate: Certificate) -> Face:
    course = certificate.enrolment.course
    host = host_of(course)
    address = request.build_absolute_uri(
        reverse("portal:certificate-check") + f"?number={certificate.number}"
    )
    drawn = segno.make(address, error="m", micro=False).svg_inline(
        scale=4, border=2, omitsize=True, svgclass="qr", lineclass=None
    )
    return Face(
        certificate.enrolment.person.name,
        course.activity.name,
        host.name if host else "",
        hours(certificate.minutes),
        address,
        mark_safe(drawn),  # noqa: S308 - drawn by us from our own address
    )


def hours(minutes: int) -> str:
    """Hours with one decimal where they are not whole: 6, 7.5."""
    return f"{minutes / 60:.1f}".removesuffix(".0")
