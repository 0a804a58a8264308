"""Addresses of the courses at a desk: /desk/<code>/courses/…"""

from django.urls import path

from yanzhen.doors.desk.courses import certificates, groups, lessons, listing, roster

urlpatterns = [
    path("", listing.listing, name="courses"),
    path("new/<int:activity_id>/", listing.new, name="new-course"),
    path("<int:course_id>/", roster.course, name="course"),
    path("<int:course_id>/terms/", listing.terms, name="course-terms"),
    path("<int:course_id>/enrolments/", roster.enrol, name="enrol-at-desk"),
    path("<int:course_id>/groups/", groups.keep, name="keep-places"),
    path("<int:course_id>/groups/<int:group_id>/", groups.change, name="change-places"),
    path("<int:course_id>/groups/<int:group_id>/return/", groups.give_back, name="return-places"),
    path("<int:course_id>/lessons/<int:session_id>/", lessons.roll, name="course-roll"),
    path(
        "<int:course_id>/enrolments/<int:enrolment_id>/cancellation/",
        roster.cancel,
        name="cancel-at-desk",
    ),
    path("<int:course_id>/enrolments/<int:enrolment_id>/made-up/", lessons.make_up, name="make-up"),
    path(
        "<int:course_id>/enrolments/<int:enrolment_id>/certificate/",
        certificates.issue,
        name="issue-certificate",
    ),
    path("certificates/<slug:number>/", certificates.paper, name="certificate-paper"),
    path(
        "certificates/<slug:number>/withdrawal/", certificates.withdraw, name="withdraw-certificate"
    ),
]
