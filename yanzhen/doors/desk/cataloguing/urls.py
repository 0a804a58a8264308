"""Addresses of cataloguing at a desk."""

from django.urls import path

from yanzhen.doors.desk.cataloguing import (
    copy_entry,
    duplicates,
    editing,
    finding,
    importing,
    mappings,
    proposals,
    scheme_pages,
)

urlpatterns = [
    path("", finding.listing, name="cataloguing"),
    path("new/", editing.new, name="new-record"),
    path("records/<int:bib_id>/", editing.edit, name="edit-record"),
    path("records/<int:bib_id>/history/", editing.past, name="record-history"),
    path(
        "records/<int:bib_id>/changes/<int:change_id>/restoration/",
        editing.put_back,
        name="restore-record",
    ),
    path("import/", importing.import_titles, name="import-titles"),
    path("mappings/new/", mappings.new_mapping, name="new-mapping"),
    path("mappings/<int:mapping_id>/", mappings.edit_mapping, name="edit-mapping"),
    path("records/<int:bib_id>/copies/", copy_entry.copies, name="copies"),
    path("schemes/", scheme_pages.schemes, name="call-number-schemes"),
    path("duplicates/", duplicates.duplicates, name="duplicates"),
    path("duplicates/<int:kept_id>/<int:gone_id>/", duplicates.compare, name="compare-titles"),
    path("merges/<int:merge_id>/undoing/", duplicates.undo_merge, name="undo-merge"),
    path("proposals/<int:proposal_id>/decision/", proposals.decide, name="decide-proposal"),
]
