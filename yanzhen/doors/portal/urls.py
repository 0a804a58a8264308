"""Public addresses and a person's own pages."""

from django.urls import path

from yanzhen.doors.portal import home

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
]
