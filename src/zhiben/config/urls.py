"""All doors of the site."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include("allauth.urls")),
    path("", include("zhiben.clocks.web.urls")),
    path("files/", include("zhiben.files.web.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
]
