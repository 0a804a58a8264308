"""Public addresses and a person's own pages."""

from django.urls import path

from yanzhen.doors.portal import (
    account_pages,
    branches,
    catalogue_pages,
    catalogue_record,
    course_pages,
    facilities,
    history_pages,
    holding_pages,
    home,
    menu_pages,
    my_page,
    order_pages,
    signing,
    suggestions,
)
from yanzhen.doors.portal.activities import listing, pages
from yanzhen.doors.sharing import shared

app_name = "portal"
urlpatterns = [
    path("", shared(home.home), name="home"),
    path("catalogue/", shared(catalogue_pages.catalogue), name="catalogue"),
    path("catalogue/suggestions", catalogue_pages.suggestions, name="catalogue-suggestions"),
    path("catalogue/<int:bib_id>/", shared(catalogue_record.record), name="record"),
    path("branches/", shared(branches.every_branch), name="branches"),
    path("branches/<slug:code>/", shared(branches.one_branch), name="branch"),
    path("activities/", shared(listing.listing), name="activities"),
    path("activities/<int:activity_id>/", shared(pages.one_activity), name="activity"),
    path("sessions/<int:session_id>/", shared(pages.one_session), name="session"),
    path("sessions/<int:session_id>/poster/", shared(pages.poster), name="session-poster"),
    path("facilities/", shared(facilities.every_facility), name="facilities"),
    path("facilities/photos/<int:photo_id>/", facilities.photo, name="facility-photo"),
    path("sign-in/", signing.sign_in, name="sign-in"),
    path("sign-out/", signing.sign_out, name="sign-out"),
    path("how/", shared(home.how), name="how"),
    path("elder/", home.elder, name="elder"),
    path("me/", my_page.me, name="me"),
    path("me/loans/<int:loan_id>/renewal/", my_page.renewal, name="renewal"),
    path("me/history/choice/", history_pages.choose, name="history-choice"),
    path("catalogue/<int:bib_id>/holds/", holding_pages.place, name="place-hold"),
    path("me/holds/<int:hold_id>/cancellation/", holding_pages.cancel, name="cancel-hold"),
    path("me/holds/<int:hold_id>/pickup/", holding_pages.pickup, name="hold-pickup"),
    path("suggestions/", suggestions.suggestions, name="suggestions"),
    path("suggestions/<int:wish_id>/withdrawal/", suggestions.withdraw, name="withdraw-suggestion"),
    path("courses/", shared(course_pages.courses), name="courses"),
    path("courses/<int:course_id>/", course_pages.course, name="course"),
    path("courses/<int:course_id>/enrolments/", course_pages.enrol, name="enrol"),
    path("me/courses/", course_pages.mine, name="my-courses"),
    path(
        "me/courses/<int:enrolment_id>/cancellation/", course_pages.cancel, name="cancel-enrolment"
    ),
    path("me/certificates/<slug:number>/", course_pages.my_certificate, name="my-certificate"),
    path("certificates/", course_pages.check, name="certificate-check"),
    path("menu/", shared(menu_pages.menu), name="menu"),
    path("menu/<int:item_id>/", shared(menu_pages.item), name="menu-item"),
    path("menu/<int:item_id>/order/", menu_pages.order, name="order-from-menu"),
    path("orders/", order_pages.find, name="find-menu-order"),
    path("orders/<slug:number>/", order_pages.show, name="menu-order"),
    path("orders/<slug:number>/cancellation/", order_pages.cancel, name="cancel-menu-order"),
    path("orders/<slug:number>/sign-off/", order_pages.sign_off, name="sign-off-menu-order"),
    path("orders/<slug:number>/rating/", order_pages.rate, name="rate-menu-order"),
    path("orders/<slug:number>/photo/", order_pages.photo, name="menu-order-photo"),
    path("me/card/", account_pages.card, name="card"),
    path("me/password/", account_pages.password, name="password"),
]
