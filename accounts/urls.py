"""Addresses of people: invitations, one's own profile, the people of a force, the second factor."""

from django.urls import path
from django.views.generic import RedirectView

from accounts.views import coordinator, member, public, second_factor

urlpatterns = [
    path("invitations/<slug:token>/", public.invitation_accept, name="invitation_accept"),
    path("member/profile/", member.profile, name="profile"),
    path("member/unsent/", member.unsent, name="unsent"),
    path("member/people/", member.person_list, name="person_list"),
    path("member/people/invite/", member.person_invite, name="person_invite"),
    path("member/contacts/", member.contact_list, name="member_contact_list"),
    path("member/contacts/<uuid:uuid>/reveal/", member.contact_reveal, name="member_contact_reveal"),
    path("coordinator/people/", coordinator.person_list, name="coordinator_person_list"),
    path("coordinator/people/invite/", coordinator.person_invite, name="coordinator_person_invite"),
    # Stands before allauth's page of the same name, which does not count the set-up as signing in with it.
    path("sign-in/2fa/totp/activate/", second_factor.set_up, name="mfa_activate_totp"),
    # The address is the one that was invited; a coordinator invites to another.
    path("sign-in/email/", RedirectView.as_view(pattern_name="profile"), name="account_email"),
]
