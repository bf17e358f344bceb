"""Pages that hold every component with likely data; they stand only where tests and the style guide put them."""

from types import SimpleNamespace

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import include, path
from shell.guide import data


def show(request, name):
    request.actor = SimpleNamespace(id=7, label=data.person(), has=lambda permission: True)
    if name == "job":
        return HttpResponse("<p>done</p>")
    return render(request, f"guide/{name}.html", data.context())


def named(name, app, page, route):
    return path(route, include(([path("", show, {"name": page}, name=name)], app)))


urlpatterns = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("accounts/", include("allauth.urls")),
    named("dashboard", "insights", "dashboard", "dashboard/"),
    path(
        "dangers/",
        include(
            (
                [
                    path("", show, {"name": "list"}, name="list"),
                    path("new/", show, {"name": "report"}, name="report"),
                    path("detail/", show, {"name": "detail"}, name="detail"),
                ],
                "dangers",
            )
        ),
    ),
    path(
        "",
        include(
            (
                [
                    path("", show, {"name": "today"}, name="today"),
                    path("search/", show, {"name": "list"}, name="search"),
                ],
                "shell",
            )
        ),
    ),
    named("enterprises", "orgs", "parts", "enterprises/"),
    named("list", "standards", "parts", "standards/"),
    named("imports", "exchange", "parts", "imports/"),
    path("parts/", show, {"name": "parts"}),
    path("job/", show, {"name": "job"}),
    path("notices/", include(([path("", show, {"name": "parts"}, name="list")], "notices"))),
]
