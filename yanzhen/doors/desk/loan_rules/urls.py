"""Addresses of the loan rules at a desk."""

from django.urls import path

from yanzhen.doors.desk.loan_rules import drafts, hold_rules, table, trial

urlpatterns = [
    path("", table.table, name="loan-rules"),
    path("history/", table.history, name="loan-rule-history"),
    path("row/", table.row, name="loan-rule-row"),
    path("<int:rule_id>/end/", table.end, name="end-loan-rule"),
    path("<int:rule_id>/withdrawal/", table.withdraw, name="withdraw-loan-rule"),
    path("holds/", hold_rules.listing, name="hold-rules"),
    path("holds/<int:rule_id>/end/", hold_rules.end, name="end-hold-rule"),
    path("holds/<int:rule_id>/withdrawal/", hold_rules.withdraw, name="withdraw-hold-rule"),
    path("trial/", trial.trial, name="loan-trial"),
    path("drafts/", drafts.listing, name="rule-drafts"),
    path("drafts/<int:draft_id>/", drafts.draft, name="rule-draft"),
    path("drafts/<int:draft_id>/rows/", drafts.put, name="put-draft-row"),
    path("drafts/<int:draft_id>/rows/<int:row_id>/removal/", drafts.take_out, name="take-row-out"),
    path("drafts/<int:draft_id>/trial/", drafts.try_on, name="try-draft"),
    path("drafts/<int:draft_id>/publication/", drafts.publish, name="publish-draft"),
    path("drafts/<int:draft_id>/dropping/", drafts.drop, name="drop-draft"),
]
