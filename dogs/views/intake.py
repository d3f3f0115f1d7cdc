"""Taking a document in, whoever brings it: the form, its file, and what the action refuses."""

from django.utils import timezone

from accounts.models import Force
from accounts.requests import SignedIn
from core.files import discard_upload, store_upload
from core.lifecycle import Refused
from dogs.actions.documents import submit_document
from dogs.forms.documents import DocumentForm
from dogs.models import Document, Dog


def take_document(request: SignedIn, *, forces: list[Force], dogs: list[Dog]) -> tuple[DocumentForm, Document | None]:
    """The form for a document of one of these, and the document once it was taken."""
    if request.method != "POST":
        return DocumentForm(initial=_wanted(request, forces, dogs), forces=forces, dogs=dogs), None
    form = DocumentForm(request.POST, request.FILES, forces=forces, dogs=dogs)
    return form, _submit(request, form) if form.is_valid() else None


def _wanted(request: SignedIn, forces: list[Force], dogs: list[Dog]) -> dict[str, str]:
    """What the link to the page asked for; the only dog is chosen already."""
    wanted = {"kind": request.GET.get("kind", "")}
    for name in ("dog", "force"):
        if request.GET.get(name):
            wanted["of"] = f"{name}-{request.GET[name]}"
    if "of" not in wanted and len(dogs) == 1 and not forces:
        wanted["of"] = f"dog-{dogs[0].uuid}"
    return wanted


def _submit(request: SignedIn, form: DocumentForm) -> Document | None:
    """Store the file and submit; where the action refuses, the file goes again and the form says why."""
    name = store_upload(form.cleaned_data["file"], "documents")
    now = timezone.now()
    try:
        return submit_document(force=form.force, dog=form.dog, new=form.new_document(name), by=request.user, now=now)
    except Refused as refused:
        discard_upload(name)
        form.refuse(refused)
        return None
