"""The holdings for staff: /desk/<code>/copies/…"""

from django.urls import path

from yanzhen.doors.desk.copies import acting, views

urlpatterns = [
    path("", views.listing, name="copies"),
    path("<int:copy_id>/", views.show, name="copy"),
    path("<int:copy_id>/label/", views.label, name="copy-label"),
    path("<int:copy_id>/changes/", acting.change, name="change-copy"),
]
