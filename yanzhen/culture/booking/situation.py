"""Everything placing has to know about a session and one of its channels, in one round trip."""

import datetime as dt
from dataclasses import dataclass

from yanzhen.culture.activities.models import Session
from yanzhen.culture.booking import access
from yanzhen.groundwork import statements

_SQL = """
SELECT s.id, s.state, s.starts_at, l.code, v.age_from, v.age_to,
       t."order", t.opens_at, t.closes_at, t.drawn_at IS NOT NULL, t.most_heads, t.most_for_others,
       a.id
FROM booking_bookingterms t
JOIN activities_session s ON s.id = t.session_id
JOIN activities_activity v ON v.id = s.activity_id
JOIN network_site l ON l.id = s.site_id
JOIN booking_allotment a ON a.session_id = s.id AND a.channel = %s
WHERE t.session_id = %s
"""


@dataclass(frozen=True)
class Situation:
    """A session, how it is booked, and the allotment of the channel asked for."""

    session_id: int
    session_state: str
    starts_at: dt.datetime
    site_code: str
    age_from: int | None
    age_to: int | None
    order: str
    opens_at: dt.datetime
    closes_at: dt.datetime
    drawn: bool
    most_heads: int
    most_for_others: int
    allotment_id: int

    @property
    def scheduled(self) -> bool:
        return self.session_state == Session.State.SCHEDULED


def load(session_id: int, channel: str) -> Situation:
    """Read it; one query. Raises Refused for a session that is unknown or not booked."""
    found = statements.rows(_SQL, [channel, session_id])
    if not found:
        access.known_terms(session_id)  # says why
        raise access.session_unknown()
    row = list(found[0])
    for place in (2, 7, 8):
        row[place] = statements.moment(row[place])
    return Situation(*row)
