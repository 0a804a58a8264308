"""Desk addresses."""

app_name = "desk"
urlpatterns = []
