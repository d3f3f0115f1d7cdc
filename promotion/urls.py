"""Addresses of posters and other promotion of visits."""

from django.urls import path

from promotion.states import FILES
from promotion.views import member

PACK = "member/promotion/packs/<uuid:uuid>/"

urlpatterns = [
    path("member/promotion/", member.promotion_list, name="member_promotion_list"),
    path("member/promotion/brand/", member.brand_page, name="member_brand"),
    path("member/promotion/brand/<str:name>", member.brand_file, name="member_brand_file"),
    path("member/promotion/<uuid:uuid>/", member.promotion_dog, name="member_promotion_dog"),
    path(PACK, member.pack_detail, name="member_pack_detail"),
    *(
        path(f"{PACK}{name}.{ending}", member.pack_file, {"name": name}, name=f"member_pack_{name}")
        for name, ending in FILES.items()
    ),
]
