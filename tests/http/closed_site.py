"""A view that says nothing about who may see it."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def private(request: HttpRequest) -> HttpResponse:
    return HttpResponse("secret")


urlpatterns = [path("private/", private)]
