"""The numbers on the coordinators' home that come from several apps."""

from datetime import date, timedelta

from django.db import connection

from portal.queries import expiring

WATCHED = """
select
  (select count(*) from dogs_document where status = 'submitted')
  + (select count(*) from network_certificate where status = 'submitted') as to_verify,
  (select count(*) from notifications_message where failed_at is not null) as failed_mail,
  (select count(*) from dogs_draft where status = 'approved') as to_publish,
  (select count(*) from pages_enquiry where answered_at is null) as enquiries
"""


def watch_counts(today: date) -> dict[str, int]:
    """What lapses within 30 days or has, what waits for a coordinator, and mail that was given up: two queries."""
    with connection.cursor() as cursor:
        cursor.execute(WATCHED)
        names = [column.name for column in cursor.description]
        counts = dict(zip(names, cursor.fetchone(), strict=True))
    return {"expiring": expiring(today + timedelta(days=30)).count(), **counts}
