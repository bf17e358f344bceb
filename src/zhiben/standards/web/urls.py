"""Doors of standards."""

from django.urls import path

from zhiben.standards.web import (
    asking,
    changes,
    clauses,
    determinations,
    facts,
    knowledge,
    library,
    overview,
    packs,
    what_if,
)

app_name = "standards"
urlpatterns = [
    path("standards/", library.standard_list, name="list"),
    path("standards/what-if/", what_if.what_if_form, name="what-if"),
    path("standards/what-if/<uuid:run_id>/", what_if.what_if_run, name="what-if-run"),
    path("standards/<slug:standard_id>/", library.standard_page, name="standard"),
    path("standards/<slug:standard_id>/clauses/<str:ref>/", clauses.clause_page, name="clause"),
    path("standards/<slug:standard_id>/clauses/<str:ref>/guide/", knowledge.guide_edit, name="guide"),
    path("standards/<slug:standard_id>/clauses/<str:ref>/links/", knowledge.link_make, name="link-make"),
    path("guides/<int:guide_id>/pictures/<uuid:file_id>/<str:size>/", knowledge.guide_picture, name="guide-picture"),
    path("clause-links/<int:link_id>/confirm/", knowledge.link_confirm, name="link-confirm"),
    path("clause-links/<int:link_id>/withdraw/", knowledge.link_withdraw, name="link-withdraw"),
    path("standards/<slug:standard_id>/changes/", changes.edition_changes, name="difference"),
    path("key-items/<slug:slug>/", library.key_list_page, name="key-list"),
    path("packs/", packs.pack_list, name="packs"),
    path("packs/new/", packs.pack_new, name="pack-new"),
    path("packs/<slug:slug>/", packs.pack_page, name="pack"),
    path("packs/<slug:slug>/edit/", packs.pack_edit, name="pack-edit"),
    path("packs/<slug:slug>/<int:number>/text/", packs.pack_text, name="pack-text"),
    path("packs/<slug:slug>/<int:number>/submit/", packs.pack_submit, name="pack-submit"),
    path("packs/<slug:slug>/<int:number>/review/", packs.pack_review, name="pack-review"),
    path("packs/<slug:slug>/<int:number>/adopt/", packs.pack_adopt, name="pack-adopt"),
    path("packs/<slug:slug>/<int:number>/withdraw/", packs.pack_withdraw, name="pack-withdraw"),
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
