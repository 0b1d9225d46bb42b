"""The floor of the page measures: a stock Django project with one empty view.

Its middleware is what ``startproject`` gives: security, session, common, CSRF,
authentication, messages, clickjacking.
"""

import os

from django.http import HttpRequest, HttpResponse
from django.urls import path

DEBUG = False
SECRET_KEY = "bench-only-bench-only-bench-only-bench-only-0123456789"
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "tests.benchmarks.bare.site"
USE_TZ = True
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


def same_file(request: HttpRequest) -> HttpResponse:
    """Sends the file named by BENCH_FILE: the floor of a kept PDF."""
    from django.http import FileResponse

    return FileResponse(open(os.environ["BENCH_FILE"], "rb"), content_type="application/pdf")


urlpatterns = [path("", empty), path("fichier.pdf", same_file)]
