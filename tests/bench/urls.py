"""The site with one more address: a page that says hello and asks nothing, behind the whole middleware."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from ok9.urls import urlpatterns as own


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Hello")


handler404 = "portal.views.errors.not_found"
urlpatterns = [path("hello/", hello), *own]
