"""What happened to activities and sessions. Moments are ISO 8601 texts."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ActivityPublished:
    """The public can see it from now on."""

    activity_id: int


@dataclass(frozen=True)
class SessionMoved:
    """Everybody who has a place must be told; `starts_at` and `site` are the new ones, `move_id` is
    the row that says from where."""

    move_id: int
    session_id: int
    activity_id: int
    was_at: str
    starts_at: str
    site: str
    reason: str


@dataclass(frozen=True)
class SessionCancelled:
    """Everybody who has a place must be told; `rain_date_id` is the session held instead."""

    session_id: int
    activity_id: int
    reason: str
    rain_date_id: int | None
