"""Doors of standards."""

from django.urls import path

from zhiben.standards.web import asking, changes, clauses, determinations, facts, library, overview

app_name = "standards"
urlpatterns = [
    path("standards/", library.standard_list, name="list"),
    path("standards/<slug:standard_id>/", library.standard_page, name="standard"),
    path("standards/<slug:standard_id>/clauses/<str:ref>/", clauses.clause_page, name="clause"),
    path("standards/<slug:standard_id>/changes/", changes.edition_changes, name="difference"),
    path("determinations/", overview.overview, name="overview"),
    path("determinations/enterprises/", overview.affected, name="affected"),
    path("determinations/<int:determination_id>/", determinations.determination, name="determination"),
    path("enterprises/<int:enterprise_id>/changes/", changes.enterprise_changes, name="changes"),
    path("enterprises/<int:enterprise_id>/judge/", determinations.judge, name="judge"),
    path("enterprises/<int:enterprise_id>/facts/", facts.fact_list, name="facts"),
    path("enterprises/<int:enterprise_id>/facts/ask/", facts.ask, name="ask"),
    path("enterprises/<int:enterprise_id>/next/", asking.ask_next, name="next"),
    path("enterprises/<int:enterprise_id>/facts/record/", facts.record, name="record"),
]
