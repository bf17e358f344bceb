"""Doors of notices."""

from django.urls import path

from zhiben.notices.web import views

app_name = "notices"
urlpatterns = [
    path("", views.message_list, name="list"),
    path("read/", views.message_read, name="read"),
]
