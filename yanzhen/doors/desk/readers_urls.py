"""Addresses below `/desk/<node code>/readers/`; included by the desk's own addresses."""

from django.urls import URLPattern, URLResolver, include, path

from yanzhen.doors.desk import reader_cards, readers
from yanzhen.doors.desk.holds import for_reader

one_card: list[URLPattern | URLResolver] = [
    path("", reader_cards.print_card, name="print-card"),
    path("loss-report/", reader_cards.report_lost, name="report-lost"),
    path("loss-report/withdrawal/", reader_cards.withdraw_loss_report, name="card-found"),
    path("replacement/", reader_cards.replace, name="replace-card"),
    path("cancellation/", reader_cards.cancel, name="cancel-card"),
    path("password/", reader_cards.password, name="give-password"),
]

holds_of_reader: list[URLPattern | URLResolver] = [
    path("", for_reader.reader_holds, name="reader-holds"),
    path("titles/<int:bib_id>/", for_reader.place, name="hold-for-reader"),
    path("<int:hold_id>/cancellation/", for_reader.cancel, name="cancel-reader-hold"),
    path("<int:hold_id>/pickup/", for_reader.pickup, name="reader-hold-pickup"),
]

one_reader: list[URLPattern | URLResolver] = [
    path("", readers.reader, name="reader"),
    path("details/", readers.details, name="reader-details"),
    path("cards/", reader_cards.issue, name="issue-card"),
    path("cards/<int:card_id>/", include(one_card)),
    path("holds/", include(holds_of_reader)),
    path("certificate/", reader_cards.show_certificate, name="show-certificate"),
    path("certificate/withdrawal/", reader_cards.withdraw_certificate, name="withdraw-certificate"),
    path("blocks/", reader_cards.block, name="block-reader"),
    path("blocks/<int:block_id>/lifting/", reader_cards.lift, name="lift-block"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", readers.listing, name="readers"),
    path("registrations/", readers.register, name="register-reader"),
    path("cards/", reader_cards.print_sheet, name="print-sheet"),
    path("<int:person_id>/", include(one_reader)),
]
