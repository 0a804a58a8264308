"""Addresses of contests at a desk: /desk/<code>/contests/…"""

from django.urls import path

from yanzhen.doors.desk.contests import changes, sheets, views

urlpatterns = [
    path("", views.listing, name="contests"),
    path("opening/", changes.open_contest, name="open-contest"),
    path("<int:contest_id>/rubric/", changes.write_rubric, name="write-rubric"),
    path("rounds/<int:round_id>/", views.round_page, name="contest-round"),
    path("rounds/<int:round_id>/entries/", changes.enter, name="enter-team"),
    path(
        "rounds/<int:round_id>/entries/withdrawal/", changes.withdraw_entry, name="withdraw-entry"
    ),
    path("rounds/<int:round_id>/order/", changes.draw_order, name="draw-order"),
    path("rounds/<int:round_id>/moves/", changes.move, name="move-entry"),
    path("rounds/<int:round_id>/judges/", changes.name_judge, name="name-judge"),
    path("rounds/<int:round_id>/runner/", changes.hold, name="hold-round"),
    path("rounds/<int:round_id>/vote/", changes.set_vote, name="set-vote"),
    path("rounds/<int:round_id>/announcement/", changes.announce, name="announce-round"),
    path("rounds/<int:round_id>/paper-votes/", changes.paper_votes, name="paper-votes"),
    path("rounds/<int:round_id>/lots/", changes.draw_lots, name="draw-lots"),
    path("rounds/<int:round_id>/publication/", changes.publish, name="publish-round"),
    path("rounds/<int:round_id>/advancement/", changes.advance, name="advance-teams"),
    path(
        "rounds/<int:round_id>/judges/<int:judge_id>/withdrawal/",
        changes.withdraw_judge,
        name="withdraw-judge",
    ),
    path(
        "rounds/<int:round_id>/sheets/<int:judge_id>/<int:entry_id>/",
        sheets.sheet,
        name="paper-sheet",
    ),
]
