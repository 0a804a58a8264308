"""Lists of withdrawal at a branch: /desk/<code>/withdrawals/…"""

from django.urls import path

from yanzhen.doors.desk.withdrawals import steps, views

urlpatterns = [
    path("", views.listing, name="withdrawals"),
    path("<int:list_id>/", views.show, name="withdrawal"),
    path("<int:list_id>/sheet/", views.sheet, name="withdrawal-sheet"),
    path("<int:list_id>/steps/", steps.step, name="withdrawal-step"),
    path("<int:list_id>/decision/", steps.decide, name="withdrawal-decision"),
]
