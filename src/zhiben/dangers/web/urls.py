"""Doors of hidden dangers."""

from django.urls import path

from zhiben.dangers.web import clauses, detail, listing, moving

app_name = "dangers"
urlpatterns = [
    path("", listing.danger_list, name="list"),
    path("<int:danger_id>/", detail.danger_detail, name="detail"),
    path("<int:danger_id>/clause/", clauses.clause_answer, name="clause"),
    path("<int:danger_id>/<slug:move>/", moving.danger_move, name="move"),
]
