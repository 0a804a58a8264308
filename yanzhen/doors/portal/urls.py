"""Public addresses and a person's own pages."""

from django.urls import path

from yanzhen.doors.portal import branches, home

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("branches/", branches.every_branch, name="branches"),
    path("branches/<slug:code>/", branches.one_branch, name="branch"),
]
