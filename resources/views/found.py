"""How each doorway finds a resource: behind the reader's walls, or not at all."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.access import must
from accounts.requests import SignedIn
from resources.models import Resource, Version
from resources.queries import read_by


def resource_for(request: SignedIn, uuid: str, permission: str) -> Resource:
    """The resource, if the reader is of its audience; then whether they may do what they came for."""
    resource = get_object_or_404(read_by(request.user.pk or 0), uuid=uuid)
    must(request.user, permission)
    return resource


def current_file(resource: Resource) -> Version:
    """The newest version, where it is a file."""
    if resource.current is None or not resource.current.file:
        raise Http404
    return resource.current
