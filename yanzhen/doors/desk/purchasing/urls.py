"""Addresses of wishes and purchasing, below a branch's desk."""

from django.urls import path

from yanzhen.doors.desk.purchasing import board, lists, orders, plans, wishes

urlpatterns = [
    path("wishes/", wishes.listing, name="wishes"),
    path("wishes/<int:wish_id>/withdrawal/", wishes.withdraw, name="withdraw-wish"),
    path("purchasing/", board.board, name="purchasing"),
    path("purchasing/gathering/", board.gather, name="gather"),
    path("purchasing/wishes/<int:wish_id>/answer/", board.answer, name="answer-wish"),
    path("purchasing/receiving/", board.receiving, name="receiving"),
    path("purchasing/funds/", board.open_fund, name="open-fund"),
    path("purchasing/funds/<int:fund_id>/", board.fund, name="fund"),
    path("purchasing/funds/<int:fund_id>/phases/", plans.change, name="fund-phases"),
    *(
        path(
            f"purchasing/funds/<int:fund_id>/plan.{form}",
            plans.export,
            {"form": form},
            name=f"fund-plan-{form}",
        )
        for form in ("ods", "csv")
    ),
    path("purchasing/suppliers/", board.add_supplier, name="add-supplier"),
    path("purchasing/contracts/", board.add_contract, name="add-contract"),
    path("purchasing/orders/", board.open_order, name="open-order"),
    path("purchasing/orders/<int:order_id>/", orders.order, name="order"),
    path("purchasing/orders/<int:order_id>/placement/", orders.place, name="place-order"),
    path("purchasing/orders/<int:order_id>/cancellation/", orders.cancel, name="cancel-order"),
    path("purchasing/orders/<int:order_id>/invoices/", orders.invoice, name="book-invoice"),
    path(
        "purchasing/orders/<int:order_id>/invoices/<int:invoice_id>/reversal/",
        orders.reversal,
        name="reverse-invoice",
    ),
    path("purchasing/orders/<int:order_id>/lists/", lists.upload, name="upload-list"),
    path("purchasing/lists/<int:list_id>/", lists.preview, name="list"),
    path(
        "purchasing/orders/<int:order_id>/sheet.xlsx",
        lists.export,
        {"form": "xlsx"},
        name="order-xlsx",
    ),
    path(
        "purchasing/orders/<int:order_id>/sheet.csv",
        lists.export,
        {"form": "csv"},
        name="order-csv",
    ),
    path("purchasing/lines/<int:line_id>/", orders.revise, name="revise-line"),
    path("purchasing/lines/<int:line_id>/receipt/", orders.receipt, name="receipt"),
    path("purchasing/lines/<int:line_id>/redirection/", orders.redirection, name="redirect-line"),
    *(
        path(
            f"purchasing/lines/<int:line_id>/{what}/",
            orders.line_act,
            {"what": what},
            name=f"line-{what}",
        )
        for what in ("removal", "giving-up", "claim")
    ),
]
