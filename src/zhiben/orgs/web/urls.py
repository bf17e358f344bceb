"""Doors of orgs."""

from django.urls import path

from zhiben.orgs.web import enterprises

app_name = "orgs"
urlpatterns = [
    path("enterprises/", enterprises.enterprise_list, name="enterprises"),
    path("enterprises/<int:enterprise_id>/", enterprises.enterprise, name="enterprise"),
]
