"""Doors of the ladder, of listed supervision and of the rules of regions."""

from django.urls import path

from zhiben.dangers.web import ladder, listed, rules

supervision = [
    path("ladder/", ladder.rung_list, name="ladder"),
    path("ladder/<int:rung_id>/issue/", ladder.rung_issue, name="rung-issue"),
    path("ladder/<int:rung_id>/skip/", ladder.rung_skip, name="rung-skip"),
    path("listed/", listed.listed_list, name="listed"),
    path("listed/<int:listing_id>/publish/<slug:kind>/", listed.publication_new, name="publication-new"),
    path("published/", listed.published_list, name="published"),
    path("published/<int:publication_id>/release/", listed.publication_release, name="publication-release"),
    path("published/<int:publication_id>/withdraw/", listed.publication_withdraw, name="publication-withdraw"),
    path("rules/", rules.rules_page, name="rules"),
    path("rules/units/<int:unit_id>/<slug:kind>/", rules.rules_draft, name="rules-draft"),
    path("rules/<int:rules_id>/simulation/", rules.rules_simulation, name="simulation"),
    path("rules/<int:rules_id>/on/", rules.rules_on, name="rules-on"),
    path("rules/<int:rules_id>/off/", rules.rules_off, name="rules-off"),
]
