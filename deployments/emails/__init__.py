"""What mutual aid tells whom: one function a message. The urgent ones also go as a text message.

Nothing here repeats what a visitor typed: a mail names the reference, the kind, the dates, and links to the page.
"""

from deployments.emails.deployments import (
    aftercare,
    debrief_written,
    deployment_marked_absent,
    deployment_stood_down,
    follow_up_wanted,
    no_longer_clear,
    place_lost,
    place_taken,
    team_arrived,
    team_left,
    team_not_coming,
    tell_of_absence,
    tell_of_confirmation,
)
from deployments.emails.facts import (
    asker_of,
    host_side,
)
from deployments.emails.offers import (
    answer_recorded,
    offer_filled,
    offer_lapsed,
    offer_to_handler,
    offer_to_lead,
    offer_withdrawn,
    tell_of_decline,
    tell_of_lapse,
    tell_parties,
)
from deployments.emails.requests import (
    request_cancelled,
    request_closed,
    request_completed,
    request_declined,
    request_filled,
    request_new,
    request_receipt,
    request_stood_down,
    request_triaged,
    tell_of_cancellation,
)

__all__ = [
    "aftercare",
    "answer_recorded",
    "asker_of",
    "debrief_written",
    "deployment_marked_absent",
    "deployment_stood_down",
    "follow_up_wanted",
    "host_side",
    "no_longer_clear",
    "offer_filled",
    "offer_lapsed",
    "offer_to_handler",
    "offer_to_lead",
    "offer_withdrawn",
    "place_lost",
    "place_taken",
    "request_cancelled",
    "request_closed",
    "request_completed",
    "request_declined",
    "request_filled",
    "request_new",
    "request_receipt",
    "request_stood_down",
    "request_triaged",
    "team_arrived",
    "team_left",
    "team_not_coming",
    "tell_of_absence",
    "tell_of_cancellation",
    "tell_of_confirmation",
    "tell_of_decline",
    "tell_of_lapse",
    "tell_parties",
]
