"""The portal with a few more views, which fail in the ways a site can fail."""

from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.db import InterfaceError, OperationalError, connection
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from cops import urls as portal
from cops.http import answers
from cops.http.honeypot import is_trapped
from cops.http.limits import Limit, take
from cops.http.origins import same_origin_post
from cops.http.redirects import safe_redirect

# In two parts: a traceback quotes the source, which may not hold the word looked for.
CANARY = "cana" + "ri a tapé diab" + "ète"


@login_not_required
def plain(request: HttpRequest, **kwargs: str) -> HttpResponse:
    return HttpResponse("bonjour")


@login_not_required
def echo(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.POST.get("mot", ""))


@login_not_required
def away(request: HttpRequest) -> HttpResponse:
    raise OperationalError(f"connection to server lost, {CANARY}")


@login_not_required
def closed(request: HttpRequest) -> HttpResponse:
    raise InterfaceError("connection already closed")


@login_not_required
def wrapped(request: HttpRequest) -> HttpResponse:
    try:
        raise OperationalError("gone")
    except OperationalError as error:
        raise RuntimeError("the service failed") from error


@login_not_required
def slow(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 50")
        cursor.execute("SELECT pg_sleep(5)")
    return HttpResponse("trop tard")


@login_not_required
def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError(CANARY)


@login_not_required
def missing(request: HttpRequest) -> HttpResponse:
    raise Http404


@login_not_required
def leave(request: HttpRequest) -> HttpResponse:
    logout(request)
    return HttpResponse("au revoir")


@login_not_required
def go(request: HttpRequest) -> HttpResponse:
    return safe_redirect(request, request.GET.get("suite"), default="/plain/")


def private(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"bonjour {request.user.pk}")


@login_not_required
@same_origin_post
def open_form(request: HttpRequest) -> HttpResponse:
    return HttpResponse("piégé" if is_trapped(request) else "reçu")


@login_not_required
def limited(request: HttpRequest) -> HttpResponse:
    limits = (Limit(3, seconds=600), Limit(5, seconds=86_400))
    seconds = take(request, "essai", *limits, key=request.GET.get("fiche", ""))
    return answers.too_many(seconds) if seconds else HttpResponse("reçu")


urlpatterns = [
    path("open/", open_form),
    path("limited/", limited),
    path("plain/", plain),
    path("b/<str:jeton>/", plain),
    path("echo/", echo),
    path("away/", away),
    path("closed/", closed),
    path("wrapped/", wrapped),
    path("slow/", slow),
    path("broken/", broken),
    path("missing/", missing),
    path("leave/", leave),
    path("go/", go),
    path("private/", private, name="private"),
    *portal.urlpatterns,
]


def server_error(request: HttpRequest) -> HttpResponse:
    # An error page that wants the database, as a careless one would.
    return HttpResponse(f"erreur {request.user.is_authenticated}", status=500)


handler400 = portal.handler400
handler403 = portal.handler403
handler404 = portal.handler404
handler500 = server_error
