"""Every page worth looking at, by who may open it."""

from tests.journeys.desk import READER
from tests.journeys.running import Site

PUBLIC = (
    "/", "/catalogue/?q=红楼梦", "/catalogue/?q=zzzqqq", "/catalogue/1/", "/catalogue/1/?view=marc",
    "/branches/", "/branches/?q=丹山", "/branches/zhonghe/", "/sign-in/", "/how/", "/nowhere/",
    "/activities/", "/activities/?sign=1&q=zzz", "/activities/?month={month}", "/activities/11/",
    "/sessions/{gala}/", "/sessions/{cancelled}/", "/sessions/{gala}/poster/",
    "/sessions/{coming}/", "/sessions/{coming}/book/", "/courses/", "/courses/1/", "/menu/",
    "/menu/1/", "/contests/", "/contests/1/", "/facilities/", "/certificates/?number=AAAA",
)  # fmt: skip
OWN = (
    "/me/", "/me/card/", "/me/password/", "/desk/zhonghe/", "/me/courses/",
    "/sessions/{coming}/book/",
)  # fmt: skip
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
    "/desk/danshan/activities/11/sessions/{gala}/cancellation/", "/desk/danshan/sessions/",
    "/desk/main-library/plan/2027/", "/desk/main-library/almanac/2027/",
    "/desk/main-library/almanac/2027/2/", "/desk/main-library/courses/",
    "/desk/main-library/courses/1/", "/desk/danshan/bookings/",
    "/desk/danshan/resources/planner/", "/desk/main-library/orders/",
    "/desk/main-library/contests/",
)  # fmt: skip
BY_WHOM = {"": PUBLIC, "reader": OWN, "hub": DESK}


def addresses(site: Site, username: str) -> list[str]:
    """The pages that `username` ("" for anybody) is shown in a tour."""
    query = "SELECT person_id FROM patrons_readercard WHERE number = ?"
    ((reader,),) = site.rows(query, READER)
    known = {"reader": reader, **activities(site)}
    return [address.format(**known) for address in BY_WHOM[username]]


def activities(site: Site) -> dict[str, str]:
    """A village gala, a date that was cancelled, the month of the first, a draft."""
    of_gala = "SELECT id, substr(starts_at, 1, 7) FROM activities_session WHERE activity_id = 11"
    ((gala, month),) = site.rows(of_gala)
    of_cancelled = "SELECT min(id) FROM activities_session WHERE state = 'cancelled'"
    ((cancelled,),) = site.rows(of_cancelled)
    ((draft,),) = site.rows("SELECT id FROM activities_activity WHERE state = 'draft'")
    of_coming = """SELECT t.session_id FROM booking_bookingterms t
        JOIN activities_session s ON s.id = t.session_id
        WHERE t.closes_at > datetime('now', '+1 hour') ORDER BY s.starts_at LIMIT 1"""
    ((coming,),) = site.rows(of_coming)
    return {"coming": coming, "gala": gala, "month": month, "cancelled": cancelled, "draft": draft}
