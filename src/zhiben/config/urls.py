"""All doors of the site."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from zhiben.config.api import api
from zhiben.config.wire import nowhere

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", nowhere, name="api-root"),  # ninja's own answer here is a page
    path("api/v1/", api.urls),
    re_path("^api/", nowhere, name="api-nowhere"),
    path("accounts/", include("zhiben.orgs.web.account_urls")),
    path("", include("zhiben.clocks.web.urls")),
    path("files/", include("zhiben.files.web.urls")),
    path("messages/", include("zhiben.notices.web.urls")),
    path("", include("zhiben.notices.web.slip_urls")),
    path("", include("zhiben.insights.web.urls")),
    path("documents/", include("zhiben.documents.web.urls")),
    path("dangers/", include("zhiben.dangers.web.urls")),
    path("", include("zhiben.shell.web.urls")),
    path("journal/", include("zhiben.shell.web.journal_urls")),
    path("", include("zhiben.exchange.web.urls")),
    path("", include("zhiben.orgs.web.urls")),
    path("", include("zhiben.standards.web.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
]

handler400 = "zhiben.shell.web.errors.bad_request"
handler403 = "zhiben.shell.web.errors.forbidden"
handler404 = "zhiben.shell.web.errors.not_found"
handler500 = "zhiben.shell.web.errors.broken"
