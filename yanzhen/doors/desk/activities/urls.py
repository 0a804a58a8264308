"""Activities of a branch: /desk/<code>/activities/…"""

from django.urls import path

from yanzhen.doors.desk.activities import dates, steps, teachers, views

urlpatterns = [
    path("", views.listing, name="activities"),
    path("new/", views.new, name="new-activity"),
    path("<int:activity_id>/", views.show, name="activity"),
    path("<int:activity_id>/details/", views.edit, name="activity-details"),
    path("<int:activity_id>/publication/", steps.publication, name="publish-activity"),
    path("<int:activity_id>/cancellation/", steps.cancellation, name="cancel-activity"),
    path("<int:activity_id>/teachers/", teachers.assign, name="assign-teacher"),
    path(
        "<int:activity_id>/sessions/<int:session_id>/teacher/dismissal/", teachers.dismiss,
        name="dismiss-teacher",
    ),
    path("<int:activity_id>/sessions/new/", dates.new, name="new-session"),
    path("<int:activity_id>/sessions/<int:session_id>/move/", dates.move, name="move-session"),
    path(
        "<int:activity_id>/sessions/<int:session_id>/capacity/", steps.capacity,
        name="resize-session",
    ),
    path(
        "<int:activity_id>/sessions/<int:session_id>/rain-date/", dates.rain_date, name="rain-date"
    ),
    path(
        "<int:activity_id>/sessions/<int:session_id>/cancellation/", steps.cancel_session,
        name="cancel-session",
    ),
]  # fmt: skip
