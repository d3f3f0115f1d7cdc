"""Addresses of assessments: the assessors' room. Coordinators keep assessments in the admin."""

from django.urls import path

from assessments.views import member

urlpatterns = [
    path("member/assessments/", member.assessment_list, name="member_assessment_list"),
    path("member/assessments/<uuid:uuid>/decide/", member.assessment_decide, name="member_assessment_decide"),
]
