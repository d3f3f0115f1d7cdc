"""Text messages by GOV.UK Notify: what its answers mean for one message, and for all."""

from datetime import datetime

import pytest
from django.conf import LazySettings
from notifications_python_client.errors import HTTPError
from notifications_python_client.notifications import NotificationsAPIClient
from requests import Response

from notifications.actions import drain
from notifications.models import Channel
from tests.notifications.test_delivery import again, owe

pytestmark = pytest.mark.django_db


class Notify:
    """Stands for the service: keeps what it is given, or answers with a status; 0 is no answer at all."""

    def __init__(self) -> None:
        self.given: list[dict[str, object]] = []
        self.answers: dict[str, int] = {}

    def take(self, client: object, **told: object) -> None:
        self.given.append(told)
        status = self.answers.get(str(told["phone_number"]))
        if status == 0:
            raise HTTPError(None)
        if status:
            response = Response()
            response.status_code = status
            raise HTTPError(response)


@pytest.fixture
def notify(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> Notify:
    made = Notify()
    settings.NOTIFY_API_KEY, settings.NOTIFY_TEXT_TEMPLATE = "tests-" + "0" * 73, "the-template"
    monkeypatch.setattr(
        NotificationsAPIClient, "send_sms_notification", lambda client, **told: made.take(client, **told)
    )
    return made


def test_a_text_is_given_once_with_its_own_reference(notify: Notify, now: datetime) -> None:
    text = owe("07700 900123", now, channel=Channel.TEXT, text="Come now")
    drain(now)
    drain(now)
    (given,) = notify.given
    assert given == {
        "phone_number": "07700 900123",
        "template_id": "the-template",
        "personalisation": {"text": "Come now"},
        "reference": str(text.uuid),
    }
    assert again(text).sent_at == now


@pytest.mark.parametrize(("status", "given_up", "attempts"), [(400, True, 1), (500, False, 1)])
def test_an_answer_about_one_message_stops_no_other(
    notify: Notify, now: datetime, status: int, given_up: bool, attempts: int
) -> None:
    notify.answers["07700 900001"] = status
    bad = owe("07700 900001", now, channel=Channel.TEXT, urgent=True)
    good = owe("07700 900002", now, channel=Channel.TEXT)
    drain(now)
    assert (again(bad).failed_at is not None, again(bad).attempts) == (given_up, attempts)
    assert again(good).sent_at == now


@pytest.mark.parametrize("status", [0, 403, 429])
def test_while_the_service_takes_none_all_wait_and_none_is_blamed(notify: Notify, now: datetime, status: int) -> None:
    notify.answers = {"07700 900001": status, "07700 900002": status}
    texts = [owe(number, now, channel=Channel.TEXT) for number in notify.answers]
    drain(now)
    assert len(notify.given) == 1
    assert {(again(text).attempts, again(text).failed_at) for text in texts} == {(0, None)}
