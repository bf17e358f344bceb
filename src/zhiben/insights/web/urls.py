"""Doors of insights."""

from django.urls import path

from zhiben.insights.web import clearing, dashboard, lasting

app_name = "insights"
urlpatterns = [
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    path("clearing/", clearing.clearing_page, name="clearing"),
    path("lasting/", lasting.lasting_page, name="lasting"),
]
