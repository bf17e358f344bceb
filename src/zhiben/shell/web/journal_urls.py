"""Doors of the journal's page. It stands here because the journal itself knows neither accounts nor doors."""

from django.urls import path

from zhiben.shell.web import journal

app_name = "journal"
urlpatterns = [
    path("", journal.entry_list, name="list"),
    path("verify/", journal.verify_now, name="verify"),
]
