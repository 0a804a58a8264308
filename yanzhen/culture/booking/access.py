"""Who may book for whom, see, change and check in."""

from django.db.models import Q
from django.utils.translation import gettext as _

from yanzhen.culture.activities.models import Session
from yanzhen.culture.booking.models import Booking, BookingTerms, Channel, WaitingEntry
from yanzhen.groundwork.clock import local_day
from yanzhen.groundwork.refusals import Refused
from yanzhen.network.models import Node
from yanzhen.people.access import require
from yanzhen.people.queries import wards_of
from yanzhen.people.roles import BOOK_FOR_OTHERS, CHECK_IN, Actor, Unnamed

Asked = Booking | WaitingEntry


def require_channel(by: Actor, channel: str, session_id: int) -> None:
    """Online for whoever has signed in; any desk and the telephone book for others; the door is the
    branch's own. Raises Refused."""
    if channel == Channel.ONLINE:
        if by.person_id is None:
            raise Refused(
                "not-signed-in", _("请先登录。"), _("没有账号也可以打电话预约。"), status=401
            )
    elif channel == Channel.WALK_IN:
        require_at(by, CHECK_IN, known_session(session_id))
    elif channel == Channel.RESERVE:
        raise Refused(
            "reserve-is-moved", _("机动名额不直接预约。"), _("请先把它挪到要用的渠道。"), status=422
        )
    else:
        require(by, BOOK_FOR_OTHERS)


def require_at(by: Actor, capability: str, session: Session) -> None:
    """At one of the branches on the session's site, or the one that holds it. Raises Refused."""
    nodes = list(nodes_of(session))
    if any(by.may(capability, node.path) for node in nodes):
        return
    require(by, capability, nodes[0] if nodes else None)


def nodes_of(session: Session):
    return Node.objects.filter(Q(site=session.site_id) | Q(pk=session.activity.node_id or 0))


def is_theirs(by: Actor, row: Asked) -> bool:
    """The applicant's, the beneficiary's, or their guardian's."""
    if by.person_id is None:
        return False
    if by.person_id in {row.applicant_id, row.beneficiary_id}:
        return True
    wards = wards_of(by.person_id) if row.beneficiary_id else []
    return any(bond.child_id == row.beneficiary_id for bond in wards)


def require_row(by: Actor, row: Asked | None, missing: Refused) -> None:
    """For whoever may not touch it, it does not exist."""
    if row is None or not (is_theirs(by, row) or by.may(BOOK_FOR_OTHERS)):
        raise missing


def booking_unknown() -> Refused:
    return Refused(
        "booking-unknown", _("没有找到这个预约。"), _("请刷新页面，再选一次。"), status=404
    )


def entry_unknown() -> Refused:
    return Refused(
        "waiting-unknown", _("没有找到这个候补。"), _("请刷新页面，再选一次。"), status=404
    )


def session_unknown() -> Refused:
    return Refused(
        "session-unknown", _("没有找到这一场。"), _("请到“活动”里再选一次。"), status=404
    )


def known_terms(session_id: int) -> BookingTerms:
    """How a session is booked, its session, activity and site loaded; or Refused."""
    rows = BookingTerms.objects.select_related("session__activity", "session__site__division")
    terms = rows.filter(session=session_id).first()
    if terms is None:
        if not Session.objects.filter(pk=session_id).exists():
            raise session_unknown()
        raise Refused(
            "booking-not-needed",
            _("这一场没有开放预约。"),
            _("不用预约，直接来就行；也可以打电话问。"),
        )
    return terms


def known_session(session_id: int) -> Session:
    session = Session.objects.select_related("activity", "site").filter(pk=session_id).first()
    if session is None:
        raise session_unknown()
    return session


def signed(by: Actor, row: Asked) -> Actor | Unnamed:
    """Who is written down: staff by name; people in their own affairs without (L07)."""
    if by.person_id is not None and by.person_id == row.beneficiary_id:
        return Unnamed("参加人本人")
    if by.person_id is not None and by.person_id == row.applicant_id:
        return Unnamed("申请人")
    return by if by.is_staff or by.account_id is None else Unnamed("监护人")


def may_act_for(by: Actor, person_id: int, at) -> bool:
    """Oneself, or a child one is guardian of."""
    if by.person_id is None:
        return False
    return by.person_id == person_id or any(
        bond.child_id == person_id for bond in wards_of(by.person_id, local_day(at))
    )
