"""What the members' pages of mutual aid show, as finished values: templates ask nothing and judge nothing."""

from deployments.pages_member.deployments import (
    day_page,
    deployment_line,
    drafted,
    is_more_than_the_time,
    own_deployments,
    working_days,
)
from deployments.pages_member.offers import (
    offer_line,
    offer_page,
    over_sentence,
    own_offers,
    own_sides,
)
from deployments.pages_member.requests import SEEN_BY_HOST, hosted_requests, request_facts, teams_coming

# Lines on one page of a list.
PAGE = 50

__all__ = [
    "PAGE",
    "SEEN_BY_HOST",
    "day_page",
    "deployment_line",
    "drafted",
    "hosted_requests",
    "is_more_than_the_time",
    "offer_line",
    "offer_page",
    "over_sentence",
    "own_deployments",
    "own_offers",
    "own_sides",
    "request_facts",
    "teams_coming",
    "working_days",
]
