"""Addresses of menu, orders and runs at a desk: /desk/<code>/menu/, /orders/, /tours/."""

from django.urls import path

from yanzhen.doors.desk.tours import figures, menu, orders, runs, steps

urlpatterns = [
    path("menu/", menu.listing, name="menu"),
    path("menu/new/", menu.edit, name="new-menu-item"),
    path("menu/<int:item_id>/", menu.edit, name="menu-item"),
    path("menu/<int:item_id>/pause/", menu.pause, name="pause-menu-item"),
    path("troupes/", menu.troupes, name="troupes"),
    path("troupes/new/", menu.troupe, name="new-troupe"),
    path("troupes/<int:troupe_id>/", menu.troupe, name="troupe"),
    path("orders/", orders.inbox, name="menu-orders"),
    path("orders/new/", orders.by_phone, name="new-menu-order"),
    path("orders/units/new/", orders.new_unit, name="new-requester"),
    path("orders/<int:order_id>/", orders.show, name="menu-order"),
    path("orders/<int:order_id>/refusal/", orders.decline, name="decline-menu-order"),
    path("orders/<int:order_id>/cancellation/", orders.cancel, name="cancel-menu-order"),
    path("tours/", runs.listing, name="tours"),
    path("tours/new/", runs.new, name="new-tour"),
    path("tours/figures/", figures.figures, name="tour-figures"),
    path("tours/figures.csv", figures.table, name="tour-figures-csv"),
    path("tours/photos/<int:sign_off_id>/", steps.photo, name="sign-off-photo"),
    path("tours/<int:run_id>/", runs.show, name="tour"),
    path("tours/<int:run_id>/edit/", runs.edit, name="edit-tour"),
    path("tours/<int:run_id>/steps/", steps.step, name="tour-step"),
    path("tours/<int:run_id>/sheet/", runs.sheet, name="tour-sheet"),
    path("tours/<int:run_id>/stops/<int:stop_id>/sign-off/", steps.sign_off, name="sign-off"),
]
