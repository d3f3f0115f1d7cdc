"""Mutual aid's clockwork: offers lapse, and what is booked is judged again."""

from celery import shared_task
from django.utils import timezone

from deployments.actions import aftercare, offers, recheck


@shared_task
def lapse_offers() -> int:
    return offers.lapse_offers(now=timezone.now())


@shared_task
def recheck_commitments() -> int:
    return recheck.recheck_commitments(now=timezone.now())


@shared_task
def send_aftercare() -> int:
    return aftercare.send_aftercare(now=timezone.now())
