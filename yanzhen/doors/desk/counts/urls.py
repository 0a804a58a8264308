"""Counts of a branch: /desk/<code>/counts/…"""

from django.urls import path

from yanzhen.doors.desk.counts import views

urlpatterns = [
    path("", views.listing, name="counts"),
    path("<int:count_id>/", views.sheet, name="count"),
    path("<int:count_id>/scans/", views.scan, name="count-scan"),
    path("<int:count_id>/batches/", views.batch, name="count-batch"),
    path("<int:count_id>/closing/", views.close, name="count-close"),
    path("<int:count_id>/reopening/", views.reopen, name="count-reopen"),
]
