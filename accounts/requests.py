"""The request as a view behind the sign-in has it: a user of ours, with the roles that the middleware read."""

from django.http import HttpRequest

from accounts.access import Roles
from accounts.models import User


class SignedIn(HttpRequest):
    """For annotations only: `login_required` has turned everybody else away."""

    user: User
    roles: Roles
    unread: int
