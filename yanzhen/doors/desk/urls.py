"""Desk addresses: every one names the branch whose desk it is."""

from django.urls import include, path

from yanzhen.doors.desk import areas, road, work

app_name = "desk"
urlpatterns = [
    path("", work.choose, name="choose"),
    path("<slug:code>/", work.work, name="work"),
    path("<slug:code>/scans/", work.scan, name="scan"),
    path("<slug:code>/loans/<int:loan_id>/renewal/", work.renewal, name="renewal"),
    path("<slug:code>/loans/<int:loan_id>/cancellation/", work.cancel_loan, name="cancel-loan"),
    path(
        "<slug:code>/returns/<int:loan_id>/cancellation/", work.cancel_return, name="cancel-return"
    ),
    path("<slug:code>/slips/<int:person_id>/", work.slip, name="slip"),
    path("<slug:code>/areas/", areas.listing, name="areas"),
    path("<slug:code>/", include("yanzhen.doors.desk.purchasing.urls")),
    path("<slug:code>/road/", road.road, name="road"),
    path("<slug:code>/transits/<int:transit_id>/cancellation/", road.cancel, name="cancel-transit"),
    path("<slug:code>/exceptions/", include("yanzhen.doors.desk.exceptions.urls")),
    path("<slug:code>/rules/", include("yanzhen.doors.desk.loan_rules.urls")),
    path("<slug:code>/", include("yanzhen.doors.desk.rotation.urls")),
    path("<slug:code>/holds/", include("yanzhen.doors.desk.holds.urls")),
    path("<slug:code>/cataloguing/", include("yanzhen.doors.desk.cataloguing.urls")),
    path("<slug:code>/copy-cataloguing/", include("yanzhen.doors.desk.copying.urls")),
    path("<slug:code>/copies/", include("yanzhen.doors.desk.copies.urls")),
    path("<slug:code>/withdrawals/", include("yanzhen.doors.desk.withdrawals.urls")),
    path("<slug:code>/machines/", include("yanzhen.doors.desk.machines.urls")),
    path("<slug:code>/courses/", include("yanzhen.doors.desk.courses.urls")),
    path("<slug:code>/plan/", include("yanzhen.doors.desk.plan.urls")),
    path("<slug:code>/almanac/", include("yanzhen.doors.desk.almanac.urls")),
    path("<slug:code>/activities/", include("yanzhen.doors.desk.activities.urls")),
    path("<slug:code>/", include("yanzhen.doors.desk.tours.urls")),
    path("<slug:code>/resources/", include("yanzhen.doors.desk.resources.urls")),
    path("<slug:code>/counts/", include("yanzhen.doors.desk.counts.urls")),
    path("<slug:code>/readers/", include("yanzhen.doors.desk.readers_urls")),
]
