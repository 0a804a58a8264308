"""Addresses of copy cataloguing at a desk."""

from django.urls import path

from yanzhen.doors.desk.copying import records, searching, targets

urlpatterns = [
    path("", searching.start, name="copying"),
    path("searches/<int:search_id>/", searching.results, name="copy-search"),
    path("records/<int:found_id>/", records.preview, name="copy-record"),
    path("records/<int:found_id>/intake/", records.take_in, name="take-record"),
    path("records/<int:found_id>/replacement/", records.replace, name="replace-by-record"),
    path("records/<int:found_id>/proposal/", records.send, name="propose-record"),
    path("targets/", targets.listing, name="targets"),
    path("targets/new/", targets.new, name="new-target"),
    path("targets/<int:target_id>/", targets.edit, name="target"),
    path("targets/<int:target_id>/trial/", targets.try_now, name="try-target"),
    path("targets/<int:target_id>/removal/", targets.remove, name="remove-target"),
]
