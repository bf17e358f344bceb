"""Doors of exchange."""

from django.urls import path

from zhiben.exchange.web import exports, imports, packs

app_name = "exchange"
urlpatterns = [
    path("imports/", imports.import_list, name="imports"),
    path("imports/new/", imports.import_new, name="import-new"),
    path("imports/sample/", imports.sample, name="sample"),
    path("imports/<uuid:import_id>/", imports.import_page, name="import"),
    path("imports/<uuid:import_id>/headings/", imports.import_headings, name="import-headings"),
    path("imports/<uuid:import_id>/progress/", imports.import_progress, name="import-progress"),
    path("imports/<uuid:import_id>/start/", imports.import_start, name="import-start"),
    path("imports/<uuid:import_id>/void/", imports.import_void, name="import-void"),
    path("imports/<uuid:import_id>/workbook/", imports.import_answer, name="import-answer"),
    path("packs/<slug:slug>/<int:number>/workbook/", packs.pack_file, name="pack-file"),
    path("packs/<slug:slug>/upload/", packs.pack_upload, name="pack-upload"),
    path("packs/<slug:slug>/uploads/<uuid:file_id>/", packs.pack_problems, name="pack-problems"),
    path("packs/<slug:slug>/uploads/<uuid:file_id>/workbook/", packs.pack_marked, name="pack-marked"),
    path("exports/", exports.export, name="export"),
    path("exports/enterprises/", exports.export, {"name": "enterprises"}, name="enterprises"),
    path("exports/clearing/", exports.export, {"name": "clearing"}, name="clearing"),
    path("exports/forms/", exports.export, {"name": "form"}, name="form"),
    path("exports/<uuid:export_id>/", exports.export_page, name="export-page"),
    path("exports/<uuid:export_id>/progress/", exports.export_progress, name="export-progress"),
    path("exports/<uuid:export_id>/file/", exports.export_file, name="export-file"),
]
