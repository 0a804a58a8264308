"""Addresses of manifests, book boxes and rebalancing, below a branch's desk."""

from django.urls import path

from yanzhen.doors.desk.rotation import boxes, floating, manifests, proposals

urlpatterns = [
    path("manifests/", manifests.listing, name="manifests"),
    path("manifests/<int:manifest_id>/", manifests.show, name="manifest"),
    path("manifests/<int:manifest_id>/steps/", manifests.step, name="manifest-step"),
    path("manifests/<int:manifest_id>/sheet/", manifests.sheet, name="manifest-sheet"),
    path("losses/<int:transit_id>/", manifests.lost, name="declare-lost"),
    path("boxes/", boxes.listing, name="boxes"),
    path("boxes/<int:box_id>/", boxes.show, name="box"),
    path("plans/", boxes.plans, name="plans"),
    path("floating/", floating.groups, name="floating"),
    path("floating/<int:group_id>/", floating.change, name="floating-change"),
    path("shelf-room/", floating.rooms, name="shelf-room"),
    path("proposals/", proposals.listing, name="proposals"),
    path("proposals/<int:proposal_id>/", proposals.show, name="proposal"),
]
