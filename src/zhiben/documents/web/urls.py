"""Doors of documents."""

from django.urls import path

from zhiben.documents.web import detail, listing

app_name = "documents"
urlpatterns = [
    path("", listing.document_list, name="list"),
    path("batch/", listing.document_batch, name="batch"),
    path("<uuid:document_id>/", detail.document_page, name="document"),
    path("<uuid:document_id>/page/<int:page>/", detail.document_picture, name="picture"),
    path("<uuid:document_id>/file/<slug:form>/", detail.document_file, name="file"),
    path("<uuid:document_id>/issue/", detail.document_issue, name="issue"),
    path("<uuid:document_id>/discard/", detail.document_discard, name="discard"),
    path("<uuid:document_id>/serve/", detail.document_serve, name="serve"),
]
