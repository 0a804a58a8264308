"""Public addresses of contests, the vote, and the judge's own pages."""

from django.urls import path

from yanzhen.doors.portal.contests import judging, views, voting

urlpatterns = [
    path("contests/", views.listing, name="contests"),
    path("contests/<int:contest_id>/", views.contest, name="contest"),
    path("contests/<int:contest_id>/rounds/<int:round_id>/", views.round_page, name="round"),
    path(
        "contests/<int:contest_id>/rounds/<int:round_id>/programme/",
        views.programme,
        name="programme",
    ),
    path("contests/<int:contest_id>/rounds/<int:round_id>/vote/", voting.vote, name="contest-vote"),
    path("judging/", judging.mine, name="judging"),
    path("judging/<int:judge_id>/<int:entry_id>/", judging.sheet, name="own-sheet"),
]
