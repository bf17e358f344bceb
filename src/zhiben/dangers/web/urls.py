"""Doors of hidden dangers."""

from django.urls import path

from zhiben.dangers.web import (
    accountability,
    clauses,
    detail,
    duplicates,
    listing,
    lookbacks,
    moving,
    papers,
    receipts,
    repeats,
    reporting,
    samples,
    stopping,
    suspicions,
)
from zhiben.dangers.web.supervision_urls import supervision

app_name = "dangers"
urlpatterns = [
    *supervision,
    path("", listing.danger_list, name="list"),
    path("report/", reporting.danger_report, name="report"),
    path("report/places/", reporting.report_places, name="report-places"),
    path("report/alike/", reporting.report_alike, name="report-alike"),
    path("watch/", stopping.watch_toggle, name="watch"),
    path("lookbacks/", lookbacks.lookback_list, name="lookbacks"),
    path("lookbacks/<int:lookback_id>/", lookbacks.lookback_detail, name="lookback"),
    path("repeats/", repeats.repeat_list, name="repeats"),
    path("repeats/<int:recurrence_id>/", repeats.repeat_answer, name="repeat-answer"),
    path("as-accident/", accountability.accident_list, name="as-accident"),
    path("as-accident/<int:candidate_id>/", accountability.accident_answer, name="as-accident-answer"),
    path("samples/", samples.sample_list, name="samples"),
    path("samples/new/", samples.sample_new, name="sample-new"),
    path("samples/<int:sample_id>/", samples.sample_detail, name="sample"),
    path("samples/<int:sample_id>/population/", samples.sample_population, name="sample-population"),
    path("duplicates/", duplicates.duplicate_list, name="duplicates"),
    path("duplicates/<int:proposal_id>/not-same/", duplicates.pair_not_same, name="not-same"),
    path("suspicions/", suspicions.suspicion_list, name="suspicions"),
    path("suspicions/<int:suspicion_id>/confirm/", suspicions.suspicion_confirm, name="suspicion-confirm"),
    path("suspicions/<int:suspicion_id>/dismiss/", suspicions.suspicion_dismiss, name="suspicion-dismiss"),
    path("<int:danger_id>/", detail.danger_detail, name="detail"),
    path("<int:danger_id>/reported/", reporting.danger_reported, name="reported"),
    path("<int:danger_id>/document/", papers.paper_draft, name="paper"),
    path("<int:danger_id>/compare/", duplicates.danger_compare, name="compare"),
    path("<int:danger_id>/merge/", duplicates.pair_merge, name="merge"),
    path("<int:danger_id>/unmerge/", duplicates.danger_unmerge, name="unmerge"),
    path("<int:danger_id>/clause/", clauses.clause_answer, name="clause"),
    path("<int:danger_id>/notices/<uuid:message_id>/", receipts.danger_told, name="told"),
    path("<int:danger_id>/notices/<uuid:message_id>/receipt/", receipts.told_receipt, name="told-receipt"),
    path("<int:danger_id>/notices/<uuid:message_id>/missed/", receipts.told_missed, name="told-missed"),
    path("<int:danger_id>/notices/<uuid:message_id>/print/", receipts.told_print, name="told-print"),
    path("<int:danger_id>/<slug:move>/", moving.danger_move, name="move"),
]
