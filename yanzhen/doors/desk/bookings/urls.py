"""Addresses below `/desk/<node code>/`: bookings/ for the counter and the telephone, sessions/ for
what is on at the branch and its door."""

from django.urls import path

from yanzhen.doors.desk.bookings import (
    booking,
    door,
    holds,
    moving,
    no_shows,
    notices,
    places,
    sheets,
)

urlpatterns = [
    path("bookings/", booking.listing, name="bookings"),
    path("bookings/<int:booking_id>/", booking.one, name="desk-booking"),
    path(
        "bookings/<int:booking_id>/cancellation/", booking.cancel, name="cancel-desk-booking"
    ),
    path("bookings/<int:booking_id>/roster/", booking.confirm_group, name="booking-roster"),
    path("bookings/<int:booking_id>/move/", moving.move, name="move-booking"),
    path("bookings/sessions/<int:session_id>/", booking.place_one, name="book-for"),
    path("bookings/sessions/<int:session_id>/hold/", holds.hold, name="hold-places"),
    path("no-shows/", no_shows.listing, name="no-shows"),
    path("no-shows/rule/", no_shows.set_rule, name="no-show-rule"),
    path("no-shows/<int:no_show_id>/excuse/", no_shows.excuse, name="excuse"),
    path("no-shows/<int:no_show_id>/answer/", no_shows.uphold, name="uphold"),
    path("no-shows/sessions/<int:session_id>/amnesty/", no_shows.amnesty, name="amnesty"),
    path("notices/", notices.listing, name="notices"),
    path("notices/<int:notice_id>/telling/", notices.told, name="notice-told"),
    path(
        "notices/<int:notice_id>/telling/cancellation/", notices.untold, name="notice-untold"
    ),
    path("notices/<int:notice_id>/attempts/", notices.missed, name="notice-missed"),
    path("sessions/", door.listing, name="sessions"),
    path("sessions/<int:session_id>/door/", door.door, name="door"),
    path("sessions/<int:session_id>/scans/", door.scan, name="door-scan"),
    path("sessions/<int:session_id>/arrivals/<int:booking_id>/", door.arrive, name="arrive"),
    path(
        "sessions/<int:session_id>/arrivals/<int:booking_id>/cancellation/",
        door.undo, name="undo-arrival",
    ),
    path("sessions/<int:session_id>/walk-ins/", door.walk_in, name="walk-in"),
    path("sessions/<int:session_id>/network/", door.network, name="door-network"),
    path("sessions/<int:session_id>/sheets/", sheets.print_one, name="print-sheet"),
    path("sessions/<int:session_id>/sheets/<int:sheet_id>/", sheets.sheet, name="sheet"),
    path(
        "sessions/<int:session_id>/sheets/<int:sheet_id>/lines/", sheets.type_in, name="sheet-lines"
    ),
    path(
        "sessions/<int:session_id>/sheets/<int:sheet_id>/scans/<int:scan_id>/",
        sheets.scan, name="sheet-scan",
    ),
    path(
        "sessions/<int:session_id>/sheets/<int:sheet_id>/scans/<int:scan_id>/removal/",
        sheets.remove_scan, name="remove-sheet-scan",
    ),
    path("sessions/<int:session_id>/places/", places.places, name="places"),
    path("sessions/<int:session_id>/places/opening/", places.open_it, name="open-booking"),
    path("sessions/<int:session_id>/places/transfers/", places.move, name="transfer-places"),
    path("sessions/<int:session_id>/places/capacity/", places.resize_it, name="resize-session"),
    path("sessions/<int:session_id>/places/draw/", places.draw_it, name="draw"),
]  # fmt: skip
