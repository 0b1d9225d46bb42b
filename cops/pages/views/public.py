"""Pages that anybody reads. They set no cookie, so that they can be kept in memory."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cops.pagecache import cached_page
from cops.pages.models import Organisation
from cops.pages.news import latest
from cops.pages.periods import period_fr
from cops.privacy.registry import declarations


def _crumbs(title: str) -> list[tuple[str, str | None]]:
    return [("Accueil", "/"), (title, None)]


@login_not_required
@cached_page(params=())
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "cops/pages/home.html", {"news": latest()})


@login_not_required
@cached_page(params=())
def cops(request: HttpRequest) -> HttpResponse:
    """What the COPS is for, what it does, where it comes from."""
    organisation = Organisation.objects.filter(slug="cops", archived_at__isnull=True).first()
    history = [
        {**event, "when": period_fr(event["date"])}
        for event in (organisation.history if organisation else [])
    ]
    return render(
        request,
        "cops/pages/cops.html",
        {"crumbs": _crumbs("Le COPS"), "organisation": organisation, "history": history},
    )


@login_not_required
@cached_page(params=())
def contact(request: HttpRequest) -> HttpResponse:
    return render(request, "cops/pages/contact.html", {"crumbs": _crumbs("Contact")})


@login_not_required
@cached_page(params=())
def legal(request: HttpRequest) -> HttpResponse:
    return render(request, "cops/pages/legal.html", {"crumbs": _crumbs("Mentions légales")})


@login_not_required
@cached_page(params=())
def privacy(request: HttpRequest) -> HttpResponse:
    """Written from the registry that rules the erasing: page and code cannot differ."""
    context = {
        "crumbs": _crumbs("Données personnelles"),
        "told": declarations(),
        "cookies": {
            "binder": settings.BINDER_COOKIE_NAME,
            "session": settings.SESSION_COOKIE_NAME,
            "form": settings.CSRF_COOKIE_NAME,
        },
    }
    return render(request, "cops/pages/privacy.html", context)


@login_not_required
@cached_page(params=())
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "cops/pages/accessibility.html", {"crumbs": _crumbs("Accessibilité")})


@login_not_required
@cached_page(params=())
def sitemap(request: HttpRequest) -> HttpResponse:
    return render(request, "cops/pages/sitemap.html", {"crumbs": _crumbs("Plan du site")})
