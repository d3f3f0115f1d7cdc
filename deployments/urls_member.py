"""Members' addresses of mutual aid: offers, deployments, and the requests that their force hosts."""

from django.urls import path

from deployments.views import member

member_patterns = [
    path("member/offers/", member.offer_list, name="member_offer_list"),
    path("member/offers/<uuid:uuid>/", member.offer_detail, name="member_offer_detail"),
    path("member/offers/<uuid:uuid>/release/", member.offer_release, name="member_offer_release"),
    path("member/offers/<uuid:uuid>/accept/", member.offer_accept, name="member_offer_accept"),
    path("member/offers/<uuid:uuid>/decline/", member.offer_decline, name="member_offer_decline"),
    path("member/deployments/", member.deployment_list, name="member_deployment_list"),
    path("member/deployments/<uuid:uuid>/", member.deployment_detail, name="member_deployment_detail"),
    path("member/deployments/<uuid:uuid>/briefing/", member.deployment_briefing, name="member_deployment_briefing"),
    path(
        "member/deployments/<uuid:uuid>/briefing.pdf",
        member.deployment_briefing_pdf,
        name="member_deployment_briefing_pdf",
    ),
    path("member/deployments/<uuid:uuid>/check-in/", member.deployment_check_in, name="member_deployment_check_in"),
    path("member/deployments/<uuid:uuid>/check-out/", member.deployment_check_out, name="member_deployment_check_out"),
    path("member/deployments/<uuid:uuid>/session/", member.deployment_session, name="member_deployment_session"),
    path("member/deployments/<uuid:uuid>/incident/", member.deployment_incident, name="member_deployment_incident"),
    path("member/deployments/<uuid:uuid>/debrief/", member.deployment_debrief, name="member_deployment_debrief"),
    path("member/requests/", member.request_list, name="member_request_list"),
    path("member/requests/<uuid:uuid>/", member.request_detail, name="member_request_detail"),
    path("member/requests/<uuid:uuid>/cancel/", member.request_cancel, name="member_request_cancel"),
]
