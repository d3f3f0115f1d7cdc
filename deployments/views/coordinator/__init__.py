"""The coordinators' pages of mutual aid: requests, the match, offers, and what is recorded for others."""

from deployments.views.coordinator.decisions import (
    request_cancel,
    request_close,
    request_decline,
    request_move,
    request_stand_down,
)
from deployments.views.coordinator.requests import (
    request_add,
    request_detail,
    request_list,
    request_match,
    request_remind,
    request_tier,
)
from deployments.views.coordinator.teams import (
    deployment_absent,
    deployment_attended,
    deployment_stand_down,
    offer_list,
    offer_record,
    offer_withdraw,
)

__all__ = [
    "deployment_absent",
    "deployment_attended",
    "deployment_stand_down",
    "offer_list",
    "offer_record",
    "offer_withdraw",
    "request_add",
    "request_cancel",
    "request_close",
    "request_decline",
    "request_detail",
    "request_list",
    "request_match",
    "request_move",
    "request_remind",
    "request_stand_down",
    "request_tier",
]
