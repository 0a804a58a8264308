"""Addresses of the resources and their planner: /desk/<code>/resources/…"""

from django.urls import path

from yanzhen.doors.desk.resources import claims, details, planner, register, travel

urlpatterns = [
    path("", register.listing, name="resources"),
    path("new/<slug:sort>/", register.new, name="new-resource"),
    path("planner/", planner.planner, name="planner"),
    path("travel-times/", travel.times, name="travel-times"),
    path("claims/", claims.new, name="new-claim"),
    path("claims/<int:claim_id>/", claims.one, name="claim"),
    path("claims/<int:claim_id>/move/", claims.move, name="move-claim"),
    path("claims/<int:claim_id>/substitute/", claims.swap, name="swap-claim"),
    path("claims/<int:claim_id>/release/", claims.release, name="release-claim"),
    path("claims/<int:claim_id>/confirmation/", claims.confirm, name="confirm-claim"),
    path("photos/<int:photo_id>/removal/", details.remove_photo, name="remove-photo"),
    path("<int:resource_id>/", register.one, name="resource"),
    path("<int:resource_id>/standing/", register.standing, name="resource-standing"),
    path("<int:resource_id>/hours/", details.hours, name="facility-hours"),
    path("<int:resource_id>/access/", details.access, name="facility-access"),
    path("<int:resource_id>/photos/", details.photo, name="facility-photo"),
    path("<int:resource_id>/checks/", details.check, name="record-check"),
]
