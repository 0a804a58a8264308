"""What needs a second look at a branch: /desk/<code>/exceptions/…"""

from django.urls import path

from yanzhen.doors.desk.exceptions import views

urlpatterns = [
    path("", views.listing, name="exceptions"),
    path("settled/", views.settled, name="settled-exceptions"),
    path("<slug:source>/<int:entry_id>/settlement/", views.settle, name="settle"),
]
