"""Addresses of the almanac at a desk: /desk/<code>/almanac/…"""

from django.urls import path

from yanzhen.doors.desk.almanac import holidays, months, periods, windows, years

urlpatterns = [
    path("", years.this_year, name="almanac"),
    path("<int:year>/", years.year, name="almanac-year"),
    path("<int:year>/<int:month>/", months.month, name="almanac-month"),
    path("<int:year>/holidays/", holidays.enter, name="enter-holidays"),
    path("<int:year>/holidays/removal/", holidays.clear, name="clear-holidays"),
    path("<int:year>/windows/<slug:festival>/", windows.width, name="festival-window"),
    path("<int:year>/periods/new/", periods.new, name="new-school-period"),
    path("<int:year>/periods/<int:period_id>/", periods.edit, name="school-period"),
    path("<int:year>/periods/<int:period_id>/removal/", periods.remove, name="remove-period"),
]
