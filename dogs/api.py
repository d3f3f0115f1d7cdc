"""The public read API of the dogs: what the pages show, and nothing that a handler has not agreed to."""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from redis.exceptions import RedisError
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import AnonRateThrottle
from rest_framework.viewsets import ViewSet

from core.addresses import client_address
from core.public_pages import keep_under
from dogs.faces import Face, face_of
from dogs.forms.gallery import WishForm
from dogs.gallery import SERVICES, Gallery, Wish, open_gallery
from dogs.portrait import address_for

PARAMETERS = [
    OpenApiParameter("q", str, description="Words of the name, the breed or the force. Spelling is forgiven."),
    OpenApiParameter("region", str, description="A mutual-aid region, like South West."),
    OpenApiParameter("force", str, description="A force's short name, like devon-and-cornwall."),
    OpenApiParameter("service", str, enum=list(SERVICES)),
    OpenApiParameter(
        "near",
        str,
        description="A postcode, its first part or a headquarters’ town: the nearest come first.",
    ),
    OpenApiParameter("show", str, enum=["remembered"], description="Dogs who have stopped, instead of those who work."),
    OpenApiParameter("page", int, description="From 1; 24 dogs a page."),
]


class PublicThrottle(AnonRateThrottle):
    """So many questions an address, counted past our own proxies; all of them where nothing can be counted."""

    rate = "120/min"

    def get_ident(self, request: Request) -> str:
        return client_address(request)

    def allow_request(self, request: Request, view: Any) -> bool:
        try:
            return bool(super().allow_request(request, view))
        except RedisError:
            return True


class AnswerSerializer(serializers.Serializer[Any]):
    question = serializers.CharField(source="text")
    question_cy = serializers.CharField(source="text_cy")
    answer = serializers.CharField(source="words")


class AwardSerializer(serializers.Serializer[Any]):
    year = serializers.IntegerField()
    text = serializers.CharField()


class PictureSerializer(serializers.Serializer[Any]):
    url = serializers.SerializerMethodField()
    alt = serializers.CharField()
    width = serializers.IntegerField()
    height = serializers.IntegerField()

    def get_url(self, picture: Any) -> str:
        return f"{settings.OK9_ADDRESS}{picture.largest}"


class DogSerializer(serializers.Serializer[Face]):
    """A dog as its handler agreed to show it. A part without consent is empty."""

    slug = serializers.SlugField()
    name = serializers.CharField()
    breed = serializers.CharField()
    url = serializers.SerializerMethodField()
    drawing = serializers.SerializerMethodField()
    force = serializers.CharField()
    region = serializers.SerializerMethodField()
    handler_first_name = serializers.CharField()
    handler_role = serializers.CharField()
    since = serializers.DateField(source="since_on", allow_null=True)
    until = serializers.DateField(source="until_on", allow_null=True)
    remembered = serializers.BooleanField(source="is_tribute")

    def get_url(self, face: Face) -> str:
        return f"{settings.OK9_ADDRESS}{reverse('dog_detail', args=[face.slug])}"

    def get_drawing(self, face: Face) -> str:
        return f"{settings.OK9_ADDRESS}{address_for(face)}"

    def get_region(self, face: Face) -> str:
        return face.place.region if face.place else ""


class WholeDogSerializer(DogSerializer):
    """The whole page of a dog. `language` is that of the handler's own words."""

    language = serializers.CharField()
    story = serializers.CharField()
    answers = AnswerSerializer(many=True)
    good_with = serializers.SerializerMethodField()
    awards = AwardSerializer(many=True)
    photos = PictureSerializer(many=True)

    def get_good_with(self, face: Face) -> list[str]:
        return [str(thing) for thing in face.good_with]


class DogPageSerializer(serializers.Serializer[Any]):
    count = serializers.IntegerField()
    page = serializers.IntegerField()
    pages = serializers.IntegerField()
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = DogSerializer(many=True)


class DogViewSet(ViewSet):
    """Published dogs, to be read by anybody."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = (PublicThrottle,)

    @extend_schema(parameters=PARAMETERS, responses=DogPageSerializer, operation_id="dogs_list")
    def list(self, request: Request) -> Response:
        form = WishForm(request.query_params)
        if not form.is_valid():
            return Response(form.errors, status=HTTPStatus.BAD_REQUEST)
        gallery = open_gallery(form.wish, where=form.where)
        response = Response(DogPageSerializer(_page(gallery)).data)
        keep_under(response, None if gallery.wish.is_made_up else gallery.wish.query)
        return response

    @extend_schema(responses=WholeDogSerializer, operation_id="dogs_retrieve")
    def retrieve(self, request: Request, slug: str) -> Response:
        face = face_of(slug)
        if face is None:
            raise Http404
        return Response(WholeDogSerializer(face).data)


def _page(gallery: Gallery) -> dict[str, Any]:
    wish = gallery.wish
    return {
        "count": gallery.total,
        "page": wish.page,
        "pages": gallery.pages,
        "next": _address(wish.but(page=wish.page + 1)) if gallery.left else None,
        "previous": _address(wish.but(page=wish.page - 1)) if wish.page > 1 else None,
        "results": [card.face for card in gallery.cards],
    }


def _address(wish: Wish) -> str:
    query = f"?{wish.query}" if wish.query else ""
    return f"{settings.OK9_ADDRESS}{reverse('api_dog_list')}{query}"
