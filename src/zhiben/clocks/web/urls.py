"""Doors of clocks."""

from django.urls import path

from zhiben.clocks.web import views

app_name = "clocks"
urlpatterns = [
    path("healthz", views.alive, name="alive"),
    path("readyz", views.ready, name="ready"),
    path("health.json", views.clock_health, name="health"),
]
