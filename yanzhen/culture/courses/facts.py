"""What happened to enrolments. Bodies are JSON values and name nobody."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Enrolled:
    enrolment_id: int
    course_id: int


@dataclass(frozen=True)
class EnrolmentCancelled:
    enrolment_id: int
    course_id: int


@dataclass(frozen=True)
class CertificateIssued:
    certificate_id: int
    enrolment_id: int
