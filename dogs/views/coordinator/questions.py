"""The questions of what makes them tick, as coordinators define them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import must
from accounts.requests import SignedIn
from core.lifecycle import Refused
from dogs.actions.questions import add_question, change_question
from dogs.forms.profiles import QuestionChangeForm, QuestionForm
from dogs.models import Question


@login_required
@require_safe
def question_list(request: SignedIn) -> HttpResponse:
    must(request.user, "network.keep")
    questions = Question.objects.annotate(number=Count("answers")).order_by("-is_active", "position", "pk")
    return render(request, "dogs/coordinator/question_list.html", {"questions": questions})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def question_add(request: SignedIn) -> HttpResponse:
    must(request.user, "network.keep")
    form = QuestionForm(request.POST if request.method == "POST" else None, initial={"position": 100})
    if request.method == "POST" and form.is_valid():
        try:
            question = add_question(**form.cleaned_data, by=request.user, now=timezone.now())
        except Refused as refused:
            form.refuse(refused)
        else:
            return _saved(request, question)
    return render(request, "dogs/coordinator/question_add.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def question_detail(request: SignedIn, uuid: str) -> HttpResponse:
    question = get_object_or_404(Question, uuid=uuid)
    must(request.user, "network.keep")
    stands = {name: getattr(question, name) for name in ("text", "text_cy", "position", "is_active")}
    form = QuestionChangeForm(request.POST if request.method == "POST" else None, initial=stands)
    if request.method == "POST" and form.is_valid():
        try:
            question = change_question(question=question, **form.cleaned_data, by=request.user, now=timezone.now())
        except Refused as refused:
            form.refuse(refused)
        else:
            return _saved(request, question)
    context = {"form": form, "question": question}
    return render(request, "dogs/coordinator/question_detail.html", context, status=422 if form.errors else 200)


def _saved(request: SignedIn, question: Question) -> HttpResponse:
    messages.success(request, _("The question ‘%(question)s’ is saved.") % {"question": question})
    return redirect("coordinator_question_list")
