"""The same list by Django REST framework, on the same rows, accounts and tokens: as people write it, and with our SQL.

`/ordinary/`: a query set with the scope as conditions, select_related, page numbers with their count, ModelSerializer.
`/sql/`: our own statement handed to the framework, which serialises and renders.
"""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peers.drf_settings")

import django
from django.core.wsgi import get_wsgi_application

django.setup()

from django.urls import path
from django.utils import timezone
from rest_framework import authentication, exceptions, generics, pagination, permissions, serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from zhiben.dangers.domain.filters import Filters
from zhiben.dangers.domain.kinds import Level, State
from zhiben.dangers.listing import NAMES, page_of
from zhiben.dangers.models import Danger
from zhiben.orgs.api import cursor_of, keys_of
from zhiben.orgs.scope import Scope, scope_of, scoped, seen
from zhiben.orgs.selectors.access import actor_of_token

PERMISSION = "danger:view"


class Token(authentication.BaseAuthentication):
    """The same tokens."""

    def authenticate(self, request):
        with scoped(Scope(everything=True)):
            actor = actor_of_token(request.headers.get("Authorization", "").removeprefix("Bearer "), now=timezone.now())
        if actor is None:
            raise exceptions.AuthenticationFailed
        actor_like = type("User", (), {"is_authenticated": True, "actor": actor})()
        return actor_like, None


class DangerSerializer(serializers.ModelSerializer):
    """The same fields."""

    unit_name = serializers.CharField(source="unit.name")
    enterprise_name = serializers.CharField(source="enterprise.name", default=None)
    owner = serializers.IntegerField(source="owner_person_id")
    owner_name = serializers.CharField(source="owner_person.name", default="")
    merged_number = serializers.CharField(source="merged_into.number", default=None)

    class Meta:
        model = Danger
        fields = list(NAMES)


class Pages(pagination.PageNumberPagination):
    page_size = 50


class Ordinary(generics.ListAPIView):
    """As people write it."""

    authentication_classes = [Token]
    permission_classes = [permissions.IsAuthenticated]
    serializer_class = DangerSerializer
    pagination_class = Pages

    def get_queryset(self):
        rows = Danger.unscoped.filter(seen(scope_of(self.request.user.actor, PERMISSION)))
        asked = self.request.query_params
        if state := asked.getlist("state"):
            rows = rows.filter(state__in=state)
        for name in ("level", "matter", "industry"):
            if value := asked.get(name):
                rows = rows.filter(**{name: value})
        if asked.get("overdue"):
            rows = rows.filter(is_overdue=True)
        return rows.select_related("unit", "enterprise", "owner_person", "merged_into").order_by("-found_on", "-id")


class RowSerializer(serializers.Serializer):
    """The same columns, one field each."""


for _name in NAMES:
    RowSerializer._declared_fields[_name] = serializers.ReadOnlyField()


class OurSql(APIView):
    """The framework given our statement."""

    authentication_classes = [Token]
    permission_classes = [permissions.IsAuthenticated]

    def get(self, request):
        asked = request.query_params
        filters = Filters(
            states=frozenset(State(s) for s in asked.getlist("state")),
            level=Level(asked["level"]) if "level" in asked else None,
            matter=asked.get("matter", ""),
            industry=asked.get("industry", ""),
            overdue=True if asked.get("overdue") else None,
        )
        page = page_of(request.user.actor, PERMISSION, filters, after=keys_of(asked.get("after", ""), [str, int]))
        rows = RowSerializer(list(page.dicts()), many=True).data
        return Response({"items": rows, "next": cursor_of(*page.next) if page.next else None})


urlpatterns = [path("ordinary/", Ordinary.as_view()), path("sql/", OurSql.as_view())]
application = get_wsgi_application()
