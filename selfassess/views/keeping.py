"""« Gardez ce lien »: copy it, print it with its QR code, send it to oneself, or keep the place
in one's account. One page for a participant's own link and for the opener's."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cops.http import answers
from cops.http.addresses import address
from cops.http.limits import Limit, take
from cops.secrets import digest
from selfassess import emails
from selfassess.enums import Mode
from selfassess.forms import LinkForm
from selfassess.models import Assessment, Participant
from selfassess.reading import outcome
from selfassess.reading.kept import is_kept
from selfassess.views.places import BY_ACCOUNT, Place, manager_only, mine_only

LINKS = (Limit(5, seconds=3600),)
# Whatever the number of assessments opened; a training room is one network.
ALL_LINKS = (Limit(40, seconds=3600), Limit(200, seconds=86_400))


@mine_only
@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: HttpRequest, place: Place) -> HttpResponseBase:
    """A participant's own link."""
    return _page(request, place.assessment, place.me, place.code, place.jeton, place.context())


@manager_only
@require_http_methods(["GET", "HEAD", "POST"])
def keep_manager(
    request: HttpRequest, assessment: Assessment, code: str, jeton: str
) -> HttpResponseBase:
    """The opener's own link."""
    context = {
        "assessment": assessment,
        "code": code,
        "jeton": jeton,
        "manages": True,
        "erases": False,  # their page does
    }
    return _page(request, assessment, None, code, jeton, context)


def _page(
    request: HttpRequest,
    assessment: Assessment,
    me: Participant | None,
    code: str,
    jeton: str,
    context: dict[str, Any],
) -> HttpResponseBase:
    if code == BY_ACCOUNT:
        return redirect("selfassess:kept")  # the account knows no link: it leads there by itself
    back = address("selfassess:mine" if me else "selfassess:manage", code, jeton)
    link = request.build_absolute_uri(back)
    form = LinkForm(request.POST or None)
    sent = False
    if request.method == "POST" and form.is_valid():
        wait = take(request, "selfassess.link", *LINKS, key=jeton) or take(
            request, "selfassess.links", *ALL_LINKS
        )
        if wait:
            return answers.too_many(wait)
        emails.own_link(
            assessment,
            to=form.cleaned_data["email"],
            link=link,
            manages=me is None,
            # Neither the address nor whose link it is can be read in it.
            key=digest(
                f"{jeton} {form.cleaned_data['email']} {timezone.localdate()}",
                purpose="selfassess.own_link",
            ),
        )
        sent = True
    return render(
        request,
        "selfassess/keep.html",
        {
            "manages": False,
            **context,
            "form": form,
            "sent": sent,
            "link": link,
            "back": back,
            # Alone, nothing turns over elsewhere.
            "follow": "" if assessment.mode == Mode.ALONE
            else "selfassess:state" if me else "selfassess:manage_state",
            "keep_action": "selfassess:keep_mine" if me else "selfassess:keep_opener",
            "is_kept": is_kept(request.user, assessment, me),
            **outcome.qr(link),
        },
        status=422 if form.errors else 200,
    )  # fmt: skip
