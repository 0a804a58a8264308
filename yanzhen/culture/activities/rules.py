"""Rules of activities: values in, a refusal or None out."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from yanzhen.culture.activities.models import Activity
from yanzhen.groundwork.refusals import Refused

LONGEST_NAME = 80
PERMIT_FROM = 1000  # heads: 大型群众性活动安全管理条例, article 2


def an_activity_has_a_name(name: str) -> Refused | None:
    if name.strip() and len(name) <= LONGEST_NAME:
        return None
    return Refused(
        "activity-name-unfit",
        _("活动要有名称，最多 80 个字。"),
        _("例如：“丹山镇春节村晚”。"),
        status=422,
    )


def ages_are_in_order(first: int | None, last: int | None) -> Refused | None:
    if first is None or last is None or first <= last:
        return None
    return Refused(
        "ages-out-of-order",
        _("年龄的下限比上限大。"),
        _("请把两个数对调，或者只填一个。"),
        status=422,
    )


def a_fee_has_a_reason(fee: int, reason: str) -> Refused | None:
    if not fee or reason.strip():
        return None
    return Refused(
        "fee-reason-missing",
        _("收费要写依据：批准的文件和用途。"),
        _("请填批准文号和收费用途；没有批准就不收费，把费用改成 0。"),
        status=422,
    )


def what_costs_a_fee_is_no_public_benefit(fee: int, public_benefit: bool) -> Refused | None:
    """R30: with a fee above zero the word 公益 is not used."""
    if not fee or not public_benefit:
        return None
    return Refused(
        "fee-for-public-benefit",
        _("收费的活动不能标“公益”。"),
        _("请把费用改成 0，或者去掉“公益”。"),
        status=422,
    )


def basic_services_are_free(fee: int, kind: str) -> Refused | None:
    """L09: lectures, exhibitions, reading and training are never for money."""
    if not fee or kind not in Activity.ALWAYS_FREE:
        return None
    return Refused(
        "basic-service-free",
        _("讲座、展览、阅读推广和培训是基本服务，不收费。"),
        _("请把费用改成 0；如果不是这一类活动，请改类型。"),
        status=422,
    )


def a_safety_plan_has_a_document_and_a_person(document: str, person: str) -> Refused | None:
    if bool(document.strip()) == bool(person.strip()):
        return None
    return Refused(
        "safety-plan-half",
        _("安全方案的文号和负责人要一起填。"),
        _("请补上缺的一项，或者两项都不填。"),
        status=422,
    )


def a_large_event_has_a_safety_plan(heads: int, limit: int, document: str) -> Refused | None:
    """L14; `heads` is the capacity of the largest session, `limit` the set size."""
    if heads < limit or document:
        return None
    return Refused(
        "safety-plan-missing",
        _("有一场容纳 %(heads)d 人，%(limit)d 人以上要有安全方案。")
        % {"heads": heads, "limit": limit},
        _("请在“安全”里填方案的文号和负责人，再发布。"),
    )


def a_crowd_of_a_thousand_has_a_permit(heads: int, permit: str) -> Refused | None:
    """L14: 1,000 heads or more need the permit of the public security organ."""
    if heads < PERMIT_FROM or permit:
        return None
    return Refused(
        "permit-missing",
        _("有一场容纳 %(heads)d 人，一千人以上要有公安机关的安全许可。") % {"heads": heads},
        _("请先申请许可，把文号填在“安全”里，再发布。"),
    )


def every_access_fact_is_answered(unanswered: Sequence[str]) -> Refused | None:
    """Filled, or said to be unknown; what nobody thought about is not published."""
    if not unanswered:
        return None
    return Refused(
        "access-unanswered",
        _("无障碍还有没答的：%(which)s。") % {"which": _("、").join(unanswered)},
        _("每一项都选“有”“没有”或“还没核实”，再发布。"),
    )


def an_activity_is_published_with_a_session(sessions: int) -> Refused | None:
    if sessions:
        return None
    return Refused(
        "session-missing",
        _("还没有一场以后举行的场次。"),
        _("请先加一场，写明时间和地点，再发布。"),
    )


def only_a_draft_is_published(state: str) -> Refused | None:
    if state == Activity.State.DRAFT:
        return None
    return Refused("not-a-draft", _("这个活动已经发布过了。"), _("请刷新页面，看看现在的样子。"))


def what_is_cancelled_stays_so(state: str) -> Refused | None:
    """Of an activity or a session: the public was told, so a new one is planned instead."""
    if state != Activity.State.CANCELLED:
        return None
    return Refused(
        "cancelled-already",
        _("已经取消了，不能再改。"),
        _("想再办，请另外加一场，或者新建一个活动。"),
    )


def a_change_has_a_reason(reason: str) -> Refused | None:
    if reason.strip():
        return None
    return Refused(
        "reason-missing",
        _("请写明原因，大家会看到。"),
        _("例如：“下雨改到室内”“老师生病”。"),
        status=422,
    )
