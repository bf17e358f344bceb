"""Doors of insights."""

from django.urls import path

from zhiben.insights.web import behind, bulletin, clearing, dashboard, lasting

app_name = "insights"
urlpatterns = [
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    path("clearing/", clearing.clearing_page, name="clearing"),
    path("lasting/", lasting.lasting_page, name="lasting"),
    path("bulletin/", bulletin.bulletin_page, name="bulletin"),
    path("figures/records/", behind.records_page, name="records"),
]
