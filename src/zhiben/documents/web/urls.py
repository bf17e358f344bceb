"""Doors of documents."""

from django.urls import path

from zhiben.documents.web import detail, listing, printing, registers, templates

app_name = "documents"
urlpatterns = [
    path("", listing.document_list, name="list"),
    path("batch/", listing.document_batch, name="batch"),
    path("registers/", registers.register_list, name="registers"),
    path("registers/<int:register_id>/", registers.register_page, name="register"),
    path("prints/", printing.print_start, name="print-start"),
    path("prints/<uuid:run_id>/", printing.print_page, name="print"),
    path("prints/<uuid:run_id>/progress/", printing.print_progress, name="print-progress"),
    path("prints/<uuid:run_id>/file/", printing.print_file, name="print-file"),
    path("templates/", templates.template_list, name="templates"),
    path("templates/versions/<int:version_id>/start/", templates.template_start, name="template-start"),
    path("templates/versions/<int:version_id>/retire/", templates.template_retire, name="template-retire"),
    path("templates/<int:unit_id>/<str:kind>/", templates.template_edit, name="template"),
    path("templates/<int:unit_id>/<str:kind>/preview/", templates.template_preview, name="template-preview"),
    path("offices/<int:department_id>/", templates.office_edit, name="office"),
    path("<uuid:document_id>/", detail.document_page, name="document"),
    path("<uuid:document_id>/page/<int:page>/", detail.document_picture, name="picture"),
    path("<uuid:document_id>/file/<slug:form>/", detail.document_file, name="file"),
    path("<uuid:document_id>/issue/", detail.document_issue, name="issue"),
    path("<uuid:document_id>/withdraw/", detail.document_withdraw, name="withdraw"),
    path("<uuid:document_id>/discard/", detail.document_discard, name="discard"),
    path("<uuid:document_id>/serve/", detail.document_serve, name="serve"),
]
