"""Members with everything that membership needs, and handlers with a certificate."""

from datetime import date, timedelta

from django.utils import timezone
from django.utils.timezone import localdate

from accounts.models import Force, User
from network.models import Agreement, AgreementText, Certificate, Handler, Membership


def make_member(force: Force, *, by: User, until: date) -> Membership:
    text, _ = AgreementText.objects.get_or_create(
        version=1, defaults={"published_on": date(2025, 1, 1), "sign_by_on": date(2025, 4, 1), "text": "We agree."}
    )
    Agreement.objects.create(
        force=force,
        text=text,
        status="active",
        offered_on=date(2025, 1, 2),
        signed_on=date(2025, 1, 3),
        signed_by_name="A Chief",
        countersigned_on=date(2025, 1, 4),
        countersigned_by=by,
        expires_on=until,
    )
    return Membership.objects.create(
        force=force,
        status="member",
        since_on=date(2025, 1, 5),
        application_approved_on=date(2025, 1, 1),
        duties_accepted_on=date(2025, 1, 1),
        duty_contact="Force control room",
        duty_telephone="01632 960111",
    )


def make_handler(force: Force, user: User, *, by: User, until: date, status: str = "active") -> Handler:
    name = user.profile.name
    handler = Handler.objects.create(
        force=force, handler_user=user, name=name, role_title="Response officer", status=status
    )
    Certificate.objects.create(
        force=force,
        handler=handler,
        handler_user=user,
        kind="mhfa",
        status="verified",
        issued_on=min(until - timedelta(days=1000), localdate() - timedelta(days=1)),
        expires_on=until,
        submitted_at=timezone.now(),
        submitted_by=user,
        decided_at=timezone.now(),
        decided_by=by,
    )
    return handler
