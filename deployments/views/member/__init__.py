"""The members' pages of mutual aid, a module a noun."""

from deployments.views.member.claims import (
    claim_add,
    claim_approve,
    claim_detail,
    claim_discard,
    claim_export,
    claim_list,
    claim_return,
    claim_settle,
    claim_submit,
    expense_add,
    expense_receipt,
    expense_remove,
)
from deployments.views.member.debriefs import debrief_export, debrief_list
from deployments.views.member.deployments import (
    deployment_briefing,
    deployment_briefing_pdf,
    deployment_detail,
    deployment_list,
)
from deployments.views.member.offers import offer_accept, offer_decline, offer_detail, offer_list, offer_release
from deployments.views.member.requests import request_cancel, request_detail, request_list
from deployments.views.member.work import (
    deployment_check_in,
    deployment_check_out,
    deployment_debrief,
    deployment_incident,
    deployment_session,
)

__all__ = [
    "claim_add",
    "claim_approve",
    "claim_detail",
    "claim_discard",
    "claim_export",
    "claim_list",
    "claim_return",
    "claim_settle",
    "claim_submit",
    "debrief_export",
    "debrief_list",
    "deployment_briefing",
    "deployment_briefing_pdf",
    "deployment_check_in",
    "deployment_check_out",
    "deployment_debrief",
    "deployment_detail",
    "deployment_incident",
    "deployment_list",
    "deployment_session",
    "expense_add",
    "expense_receipt",
    "expense_remove",
    "offer_accept",
    "offer_decline",
    "offer_detail",
    "offer_list",
    "offer_release",
    "request_cancel",
    "request_detail",
    "request_list",
]
