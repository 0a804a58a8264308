"""Every page worth looking at, by who may open it."""

from tests.journeys.desk import READER
from tests.journeys.running import Site

PUBLIC = (
    "/", "/catalogue/?q=红楼梦", "/catalogue/?q=zzzqqq", "/catalogue/1/", "/catalogue/1/?view=marc",
    "/branches/", "/branches/?q=丹山", "/branches/zhonghe/", "/sign-in/", "/how/", "/nowhere/",
    "/activities/", "/activities/?sign=1&q=zzz", "/activities/?month={month}", "/activities/11/",
    "/sessions/{gala}/", "/sessions/{cancelled}/", "/sessions/{gala}/poster/",
    "/sessions/{coming}/", "/facilities/", "/courses/", "/courses/1/", "/menu/", "/menu/1/",
    "/menu/1/order/", "/orders/", "/contests/", "/contests/1/", "/contests/1/rounds/{round}/",
    "/contests/1/rounds/{round}/programme/", "/certificates/",
)  # fmt: skip
OWN = (
    "/me/",
    "/me/card/",
    "/me/password/",
    "/desk/zhonghe/",
    "/me/courses/",
    "/sessions/{coming}/book/",
    "/suggestions/",
)
DESK = (
    "/desk/", "/desk/zhonghe/", "/desk/zhonghe/?reader={reader}", "/desk/zhonghe/road/",
    "/desk/zhonghe/exceptions/", "/desk/zhonghe/readers/", "/desk/zhonghe/readers/?q=zh",
    "/desk/zhonghe/readers/{reader}/", "/desk/zhonghe/readers/{reader}/details/",
    "/desk/zhonghe/slips/{reader}/", "/desk/zhonghe/exceptions/settled/",
    "/desk/zhonghe/copies/?q=I2", "/desk/zhonghe/copies/1/", "/desk/zhonghe/withdrawals/",
    "/desk/zhonghe/withdrawals/2/", "/desk/zhonghe/withdrawals/2/sheet/",
    "/desk/main-library/copy-cataloguing/", "/desk/main-library/copy-cataloguing/targets/",
    "/desk/main-library/copy-cataloguing/targets/1/", "/desk/danshan/activities/",
    "/desk/danshan/activities/new/", "/desk/danshan/activities/{draft}/",
    "/desk/danshan/activities/11/", "/desk/danshan/activities/11/sessions/new/",
    "/desk/danshan/activities/11/sessions/{gala}/move/",
    "/desk/danshan/activities/11/sessions/{gala}/cancellation/",
    "/desk/culture-centre/areas/", "/desk/culture-centre/plan/2027/",
    "/desk/culture-centre/almanac/2027/", "/desk/culture-centre/almanac/2027/2/",
    "/desk/culture-centre/sessions/", "/desk/culture-centre/sessions/{coming}/door/",
    "/desk/culture-centre/sessions/{coming}/places/", "/desk/culture-centre/bookings/",
    "/desk/culture-centre/bookings/sessions/{coming}/",
    "/desk/culture-centre/bookings/sessions/{coming}/hold/", "/desk/culture-centre/notices/",
    "/desk/culture-centre/no-shows/", "/desk/culture-centre/courses/",
    "/desk/culture-centre/courses/1/", "/desk/culture-centre/menu/",
    "/desk/culture-centre/troupes/", "/desk/culture-centre/orders/",
    "/desk/culture-centre/tours/", "/desk/culture-centre/tours/{run}/",
    "/desk/culture-centre/tours/figures/", "/desk/culture-centre/resources/",
    "/desk/culture-centre/resources/planner/", "/desk/culture-centre/resources/1/",
    "/desk/culture-centre/contests/", "/desk/culture-centre/contests/rounds/{round}/",
)  # fmt: skip
BY_WHOM = {"": PUBLIC, "reader": OWN, "hub": DESK}


def addresses(site: Site, username: str) -> list[str]:
    """The pages that `username` ("" for anybody) is shown in a tour."""
    query = "SELECT person_id FROM patrons_readercard WHERE number = ?"
    ((reader,),) = site.rows(query, READER)
    known = {"reader": reader, **activities(site), **of_culture(site)}
    return [address.format(**known) for address in BY_WHOM[username]]


def activities(site: Site) -> dict[str, str]:
    """A village gala, a date that was cancelled, the month of the first, a draft."""
    of_gala = "SELECT id, substr(starts_at, 1, 7) FROM activities_session WHERE activity_id = 11"
    ((gala, month),) = site.rows(of_gala)
    of_cancelled = "SELECT min(id) FROM activities_session WHERE state = 'cancelled'"
    ((cancelled,),) = site.rows(of_cancelled)
    ((draft,),) = site.rows("SELECT id FROM activities_activity WHERE state = 'draft'")
    return {"gala": gala, "month": month, "cancelled": cancelled, "draft": draft}


def of_culture(site: Site) -> dict[str, str]:
    """A session of the culture centre one can book, a published round, a run on the road."""
    of_session = (
        "SELECT min(terms.session_id) FROM booking_bookingterms AS terms "
        "JOIN activities_session AS session ON session.id = terms.session_id "
        "JOIN activities_activity AS activity ON activity.id = session.activity_id "
        "JOIN network_node AS node ON node.id = activity.node_id "
        "WHERE node.code = 'culture-centre' AND session.state = 'scheduled' "
        "AND terms.closes_at > datetime('now', '+2 hours') AND terms.opens_at < datetime('now')"
    )
    ((coming,),) = site.rows(of_session)
    ((round_,),) = site.rows("SELECT min(round_id) FROM contests_result")
    ((run,),) = site.rows("SELECT min(id) FROM tours_tourrun")
    return {"coming": coming, "round": round_, "run": run}
