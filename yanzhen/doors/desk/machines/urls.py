"""Addresses of the self-service machines: /desk/<code>/machines/…"""

from django.urls import path

from yanzhen.doors.desk.machines import views

urlpatterns = [
    path("", views.listing, name="machines"),
    path("new/", views.new, name="new-machine"),
    path("<int:terminal_id>/", views.machine, name="machine"),
    path("<int:terminal_id>/password/", views.password, name="machine-password"),
    path("<int:terminal_id>/blocking/", views.block, name="block-machine"),
    path("<int:terminal_id>/wire/", views.adopt, name="adopt-wire"),
]
