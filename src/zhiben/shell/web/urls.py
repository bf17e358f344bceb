"""Doors of the shell."""

from django.urls import path

from zhiben.shell.web import search, today

app_name = "shell"
urlpatterns = [
    path("", today.today, name="today"),
    path("search/", search.search, name="search"),
]
