"""The door behind the code on a printed notice; short, so that the code is easy to read."""

from django.urls import path

from zhiben.notices.web import slips

urlpatterns = [path("r/<slug:token>/", slips.slip, name="slip")]
