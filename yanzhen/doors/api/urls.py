"""JSON API addresses."""

urlpatterns = []
