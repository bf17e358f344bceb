"""Doors of files."""

from django.urls import path

from zhiben.files.web import views

app_name = "files"
urlpatterns = [
    path("<uuid:file_id>/", views.download, name="download"),
    path("<uuid:file_id>/preview/", views.preview, name="preview"),
    path("<uuid:file_id>/thumb/", views.thumb, name="thumb"),
]
