"""Doors of orgs."""

from django.urls import path

from zhiben.orgs.web import access, accounts, enterprises, units

app_name = "orgs"
urlpatterns = [
    path("enterprises/", enterprises.enterprise_list, name="enterprises"),
    path("enterprises/<int:enterprise_id>/", enterprises.enterprise, name="enterprise"),
    path("units/", units.unit_tree, name="units"),
    path("units/<int:unit_id>/", units.unit_page, name="unit"),
    path("units/<int:unit_id>/below/", units.unit_branch, name="unit-branch"),
    path("units/<int:unit_id>/rename/", units.unit_rename, name="unit-rename"),
    path("units/<int:unit_id>/recode/", units.unit_recode, name="unit-recode"),
    path("access/", access.account_list, name="grants"),
    path("access/roles/", access.role_list, name="roles"),
    path("access/accounts/<int:account_id>/", access.account_page, name="account"),
    path("access/accounts/<int:account_id>/grant/", access.grant, name="grant"),
    path("access/grants/<int:grant_id>/revoke/", access.revoke, name="revoke"),
    path("admin/accounts/", accounts.account_admin, name="accounts"),
    path("admin/accounts/new/", accounts.account_new, name="account-new"),
    path("admin/accounts/<int:account_id>/close/", accounts.account_close, name="account-close"),
    path("tokens/", accounts.token_list, name="tokens"),
    path("tokens/<int:token_id>/revoke/", accounts.token_revoke, name="token-revoke"),
]
