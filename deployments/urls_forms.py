"""Addresses of debriefs and expenses among the digital forms."""

from django.urls import path

from deployments.sheets import CLAIMS, DEBRIEFS
from deployments.views import member
from dogs.views.coordinator import forms

_DEBRIEFS, _CLAIMS = {"sheet": DEBRIEFS}, {"sheet": CLAIMS}

form_patterns = [
    path("member/forms/debriefs/", member.debrief_list, name="member_debrief_list"),
    path("member/forms/debriefs/export/", member.debrief_export, name="member_debrief_export"),
    path("member/forms/expenses/", member.claim_list, name="member_claim_list"),
    path("member/forms/expenses/add/", member.claim_add, name="member_claim_add"),
    path("member/forms/expenses/export/", member.claim_export, name="member_claim_export"),
    path("member/forms/expenses/<uuid:uuid>/", member.claim_detail, name="member_claim_detail"),
    path("member/forms/expenses/<uuid:uuid>/submit/", member.claim_submit, name="member_claim_submit"),
    path("member/forms/expenses/<uuid:uuid>/discard/", member.claim_discard, name="member_claim_discard"),
    path("member/forms/expenses/<uuid:uuid>/approve/", member.claim_approve, name="member_claim_approve"),
    path("member/forms/expenses/<uuid:uuid>/return/", member.claim_return, name="member_claim_return"),
    path("member/forms/expenses/<uuid:uuid>/settle/", member.claim_settle, name="member_claim_settle"),
    path("member/forms/expenses/<uuid:uuid>/lines/add/", member.expense_add, name="member_expense_add"),
    path("member/forms/expenses/lines/<uuid:uuid>/remove/", member.expense_remove, name="member_expense_remove"),
    path("member/forms/expenses/lines/<uuid:uuid>/receipt/", member.expense_receipt, name="member_expense_receipt"),
    path("coordinator/forms/debriefs/", forms.sheet_list, _DEBRIEFS, name="coordinator_debrief_list"),
    path("coordinator/forms/debriefs/export/", forms.sheet_export, _DEBRIEFS, name="coordinator_debrief_export"),
    path("coordinator/forms/expenses/", forms.sheet_list, _CLAIMS, name="coordinator_claim_list"),
    path("coordinator/forms/expenses/export/", forms.sheet_export, _CLAIMS, name="coordinator_claim_export"),
]
