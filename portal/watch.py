"""The numbers on the coordinators' home that come from several apps."""

from datetime import date, timedelta

from django.db import connection

from portal.queries import expiring

WATCHED = """
select
  (select count(*) from dogs_document where status = 'submitted')
  + (select count(*) from network_certificate where status = 'submitted') as to_verify,
  (select count(*) from notifications_message where failed_at is not null) as failed_mail,
  (select count(*) from pages_enquiry where answered_at is null) as enquiries
"""


def watch_counts(today: date) -> dict[str, int]:
    """What lapses within 30 days or has, what waits to be verified or answered, mail that was given up: two queries."""
    with connection.cursor() as cursor:
        cursor.execute(WATCHED)
        to_verify, failed_mail, enquiries = cursor.fetchone()
    soon = expiring(today + timedelta(days=30)).count()
    return {"expiring": soon, "to_verify": to_verify, "failed_mail": failed_mail, "enquiries": enquiries}
