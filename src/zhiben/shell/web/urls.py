"""Doors of the shell."""

from django.urls import path

from zhiben.shell.web import today

app_name = "shell"
urlpatterns = [path("", today.today, name="today")]
