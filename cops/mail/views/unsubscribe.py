"""« Ne plus recevoir »: a page with a button, since mail scanners open every link."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from cops.mail.categories import Category, categories
from cops.mail.enums import SuppressionReason
from cops.mail.suppressions import is_suppressed, suppression_add, suppression_lift
from cops.mail.unsubscribing import Wish, wish_of


@csrf_exempt
@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """What the address in a mail leads to.

    No CSRF token: the secret is the address itself, and a mail program that offers its own
    button sends one POST without opening the page (RFC 8058).
    """
    wish, kind = _read(token)
    if request.method == "POST":
        if request.POST.get("retour") == "1":
            suppression_lift(address=wish.address, category=wish.category)
        else:
            suppression_add(
                address=wish.address, category=wish.category, reason=SuppressionReason.OPT_OUT
            )
        if "List-Unsubscribe" in request.POST:
            return HttpResponse("C’est fait.\n", content_type="text/plain; charset=utf-8")
        return redirect("mail:unsubscribe", token)
    stopped = is_suppressed(wish.address, wish.category)
    response = render(request, "cops/mail/unsubscribe.html", {"kind": kind, "stopped": stopped})
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


def _read(token: str) -> tuple[Wish, Category]:
    wish = wish_of(token)
    kind = categories().get(wish.category) if wish else None
    if wish is None or kind is None or not kind.bulk:
        raise Http404("This address is none of ours.")
    return wish, kind
