"""The API under /api/v1/: its health, its own description, and the dogs that the public may meet."""

from http import HTTPStatus

from django.core.cache import caches
from django.db import DatabaseError, connection
from django.urls import path
from drf_spectacular.utils import extend_schema, inline_serializer
from drf_spectacular.views import SpectacularAPIView
from redis.exceptions import RedisError
from rest_framework import serializers
from rest_framework.decorators import api_view, authentication_classes, permission_classes
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from core.public_pages import public_page
from dogs.api import DogViewSet

_HEALTH = inline_serializer(
    "Health", {"database": serializers.BooleanField(), "cache": serializers.BooleanField()}, read_only=True
)


@extend_schema(responses={HTTPStatus.OK: _HEALTH, HTTPStatus.SERVICE_UNAVAILABLE: _HEALTH})
@api_view(["GET"])
@authentication_classes([])
@permission_classes([AllowAny])
def health(request: Request) -> Response:
    """Whether database and shared cache answer. 503 without the database; without the cache pages are only slower."""
    parts = {"database": _database_answers(), "cache": _cache_answers()}
    status = HTTPStatus.OK if parts["database"] else HTTPStatus.SERVICE_UNAVAILABLE
    return Response(parts, status=status)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
    except DatabaseError:
        return False
    return True


def _cache_answers() -> bool:
    try:
        caches["pages"].get("health")  # (the other one forgets that it was away)
    except RedisError:
        return False
    return True


urlpatterns = [
    path("dogs/", public_page(DogViewSet.as_view({"get": "list"})), name="api_dog_list"),
    path("dogs/<slug:slug>/", public_page(DogViewSet.as_view({"get": "retrieve"})), name="api_dog_detail"),
    path("health/", health, name="api_health"),
    path(
        "schema/",
        SpectacularAPIView.as_view(authentication_classes=[], permission_classes=[AllowAny]),
        name="api_schema",
    ),
]
