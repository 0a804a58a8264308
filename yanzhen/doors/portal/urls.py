"""Public addresses and a person's own pages."""

from django.urls import include, path

from yanzhen.doors.portal import (
    account_pages,
    branches,
    catalogue_pages,
    catalogue_record,
    history_pages,
    holding_pages,
    home,
    my_page,
    signing,
    suggestions,
)
from yanzhen.doors.sharing import shared

app_name = "portal"
urlpatterns = [
    path("", shared(home.home), name="home"),
    path("catalogue/", shared(catalogue_pages.catalogue), name="catalogue"),
    path("catalogue/suggestions", catalogue_pages.suggestions, name="catalogue-suggestions"),
    path("catalogue/<int:bib_id>/", shared(catalogue_record.record), name="record"),
    path("branches/", shared(branches.every_branch), name="branches"),
    path("branches/<slug:code>/", shared(branches.one_branch), name="branch"),
    path("", include("yanzhen.doors.portal.contests.urls")),
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
    path("me/card/", account_pages.card, name="card"),
    path("me/password/", account_pages.password, name="password"),
]
