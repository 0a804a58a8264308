"""Addresses below `/desk/<node code>/holds/`; included by the desk's own addresses."""

from django.urls import path

from yanzhen.doors.desk.holds import queues, views

urlpatterns = [
    path("", views.shelf, name="hold-shelf"),
    path("pull-list/", views.pull_list, name="pull-list"),
    path("queues/", queues.listing, name="hold-queues"),
    path("titles/<int:bib_id>/", queues.queue, name="hold-queue"),
    path("<int:hold_id>/place/", queues.move, name="move-hold"),
    path("<int:hold_id>/cancellation/", views.cancel, name="cancel-hold"),
    path("<int:hold_id>/copies/<int:copy_id>/not-found/", views.not_found, name="not-found"),
]
