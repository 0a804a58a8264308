"""Public addresses and a person's own pages."""

from django.urls import path

from yanzhen.doors.portal import (
    account_pages,
    branches,
    catalogue_pages,
    catalogue_record,
    home,
    my_page,
    signing,
)

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("catalogue/", catalogue_pages.catalogue, name="catalogue"),
    path("catalogue/suggestions", catalogue_pages.suggestions, name="catalogue-suggestions"),
    path("catalogue/<int:bib_id>/", catalogue_record.record, name="record"),
    path("branches/", branches.every_branch, name="branches"),
    path("branches/<slug:code>/", branches.one_branch, name="branch"),
    path("sign-in/", signing.sign_in, name="sign-in"),
    path("sign-out/", signing.sign_out, name="sign-out"),
    path("how/", home.how, name="how"),
    path("elder/", home.elder, name="elder"),
    path("me/", my_page.me, name="me"),
    path("me/loans/<int:loan_id>/renewal/", my_page.renewal, name="renewal"),
    path("me/card/", account_pages.card, name="card"),
    path("me/password/", account_pages.password, name="password"),
]
