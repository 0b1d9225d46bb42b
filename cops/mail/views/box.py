"""/courriels/: what the demonstration would have sent, so that a newcomer finds their code."""

from __future__ import annotations

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp, csp_update
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin

from cops.http.methods import require_safe
from cops.mail.box import Kept, kept_all, kept_one

# Nothing in it may run, load or send; the styles are in its tags, as mail programs want them.
SEALED = {
    "default-src": [NONE],
    "style-src": [UNSAFE_INLINE],
    "frame-ancestors": [SELF],
    "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox"],
}


@login_not_required
@require_safe
@never_cache
def box(request: HttpRequest) -> HttpResponse:
    """The last mails, the newest first, the code of each beside it."""
    _demonstration_only()
    return render(request, "cops/mail/box.html", {"mails": kept_all()})


@login_not_required
@require_safe
@never_cache
@csp_update({"frame-src": [SELF]})  # type: ignore[arg-type]  # its type knows no argument
def kept(request: HttpRequest, name: str) -> HttpResponse:
    """One mail: as a mail program shows it, as text, and its headers."""
    return render(request, "cops/mail/kept.html", {"mail": _found(name)})


@login_not_required
@require_safe
@never_cache
@xframe_options_sameorigin
@csp(SEALED)  # type: ignore[arg-type]
def kept_html(request: HttpRequest, name: str) -> HttpResponse:
    """The HTML of one mail, for the frame of its page; its links open beside it."""
    return HttpResponse(_found(name).html.replace("<head>", '<head><base target="_blank">', 1))


def _found(name: str) -> Kept:
    _demonstration_only()
    mail = kept_one(name)
    if mail is None:
        raise Http404("This mail is no longer kept.")
    return mail


def _demonstration_only() -> None:
    if not settings.DEMONSTRATION:
        raise Http404("The box belongs to the demonstration.")
