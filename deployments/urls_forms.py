"""Addresses of debriefs and expenses among the digital forms."""

from django.urls import path

from deployments.views import coordinator_forms, member

form_patterns = [
    path("member/forms/debriefs/", member.debrief_list, name="member_debrief_list"),
    path("member/forms/debriefs/export/", member.debrief_export, name="member_debrief_export"),
    path("member/forms/expenses/", member.claim_list, name="member_claim_list"),
    path("member/forms/expenses/add/", member.claim_add, name="member_claim_add"),
    path("member/forms/expenses/export/", member.claim_export, name="member_claim_export"),
    path("member/forms/expenses/<uuid:uuid>/", member.claim_detail, name="member_claim_detail"),
    path("member/forms/expenses/<uuid:uuid>/submit/", member.claim_submit, name="member_claim_submit"),
    path("member/forms/expenses/<uuid:uuid>/approve/", member.claim_approve, name="member_claim_approve"),
    path("member/forms/expenses/<uuid:uuid>/return/", member.claim_return, name="member_claim_return"),
    path("member/forms/expenses/<uuid:uuid>/settle/", member.claim_settle, name="member_claim_settle"),
    path("member/forms/expenses/<uuid:uuid>/lines/add/", member.expense_add, name="member_expense_add"),
    path("member/forms/expenses/lines/<uuid:uuid>/remove/", member.expense_remove, name="member_expense_remove"),
    path("member/forms/expenses/lines/<uuid:uuid>/receipt/", member.expense_receipt, name="member_expense_receipt"),
    path("coordinator/forms/debriefs/", coordinator_forms.debrief_list, name="coordinator_debrief_list"),
    path("coordinator/forms/debriefs/export/", coordinator_forms.debrief_export, name="coordinator_debrief_export"),
    path("coordinator/forms/expenses/", coordinator_forms.claim_list, name="coordinator_claim_list"),
    path("coordinator/forms/expenses/export/", coordinator_forms.claim_export, name="coordinator_claim_export"),
]
