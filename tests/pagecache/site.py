"""The portal with a few more pages, kept or not."""

from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.urls import path

from cops import urls as portal
from cops.pagecache import cached_page, mark_file

file = Path()  # what « /fichier/ » sends
made: list[str] = []  # one entry for each time a view ran
read: list[tuple[str, str]] = []  # one entry for each page read

TEXT = "Une fiche assez longue pour que la compression serve à quelque chose. " * 20


def _count(request: HttpRequest, slug: str) -> None:
    read.append(("sheet", slug))


@login_not_required
@cached_page(params=("v", "theme"), count=_count)
def sheet(request: HttpRequest, slug: str) -> HttpResponse:
    made.append(slug)
    return HttpResponse(f"{slug} {request.GET.get('v', '')} {TEXT}")


@login_not_required
@cached_page()
def with_cookie(request: HttpRequest) -> HttpResponse:
    made.append("cookie")
    response = HttpResponse("x")
    response.set_cookie("essai", "1")
    return response


@login_not_required
@cached_page()
def with_form(request: HttpRequest) -> HttpResponse:
    made.append("form")
    return HttpResponse(get_token(request))


@login_not_required
@cached_page()
def private_control(request: HttpRequest) -> HttpResponse:
    made.append("private")
    return HttpResponse("x", headers={"Cache-Control": "private"})


@login_not_required
@cached_page()
def gone(request: HttpRequest) -> HttpResponse:
    made.append("gone")
    return HttpResponse("parti", status=410)


def _count_file(request: HttpRequest) -> None:
    read.append(("file", ""))


@login_not_required
@cached_page(count=_count_file)
def a_file(request: HttpRequest) -> FileResponse:
    made.append("file")
    response = FileResponse(file.open("rb"), headers={"ETag": '"abc"'})
    mark_file(response, file)
    return response


@login_not_required
def unmarked(request: HttpRequest) -> HttpResponse:
    made.append("unmarked")
    return HttpResponse("x")


urlpatterns = [
    path("fichier/", a_file),
    path("fiche/<slug:slug>/", sheet),
    path("cookie/", with_cookie),
    path("formulaire/", with_form),
    path("prive/", private_control),
    path("parti/", gone),
    path("libre/", unmarked),
    *portal.urlpatterns,
]
handler400 = portal.handler400
