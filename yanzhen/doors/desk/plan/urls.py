"""Addresses of the yearly plan at a desk: /desk/<code>/plan/…"""

from django.urls import path

from yanzhen.doors.desk.plan import views

urlpatterns = [
    path("", views.this_year, name="plan"),
    path("<int:year>/", views.year, name="plan-year"),
    path("<int:year>/lines/", views.intend, name="intend"),
    path("<int:year>/lines/<int:line_id>/dropping/", views.drop, name="drop-plan-line"),
    path("<int:year>/sessions/<int:session_id>/festival/", views.choose, name="choose-festival"),
]
