"""Doors of insights."""

from django.urls import path

from zhiben.insights.web import behind, bulletin, clearing, dashboard, form_records, forms, lasting, papers

app_name = "insights"
urlpatterns = [
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    path("clearing/", clearing.clearing_page, name="clearing"),
    path("lasting/", lasting.lasting_page, name="lasting"),
    path("bulletin/", bulletin.bulletin_page, name="bulletin"),
    path("bulletin/draft/", papers.bulletin_draft, name="bulletin-draft"),
    path("bulletin/schedule/", papers.bulletin_schedule, name="bulletin-schedule"),
    path("forms/draft/", papers.form_draft, name="form-draft"),
    path("figures/records/", behind.records_page, name="records"),
    path("forms/", forms.form_page, name="form"),
    path("forms/answer/", forms.form_answer, name="form-answer"),
    path("forms/lock/", forms.form_lock, name="form-lock"),
    path("forms/records/", form_records.form_records, name="form-records"),
    path("forms/differences/", form_records.form_differences, name="form-differences"),
]
