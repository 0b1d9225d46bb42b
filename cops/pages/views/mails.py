"""/pilotage/courriels/: what leaves, what does not and why, what waits for a decision."""

import re
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cops.accounts.perms import team_required
from cops.http.methods import require_safe
from cops.mail import deciding, overview
from cops.mail.categories import label_of
from cops.mail.enums import State
from cops.mail.suppressions import suppressed_categories

PER_PAGE = 50


class AddressForm(forms.Form):
    """An address to look up: by POST, so that it stays out of addresses and logs."""

    address = forms.EmailField(
        label="Adresse électronique",
        max_length=254,
        help_text="Par exemple : prenom.nom@exemple.fr",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


@require_safe
@team_required
def mails(request: HttpRequest) -> HttpResponse:
    """The whole of it, mails in trouble first."""
    return _page(request, AddressForm())


@require_POST
@team_required
def mail_address(request: HttpRequest) -> HttpResponse:
    """Which mails an address no longer gets, with what to do about it."""
    form = AddressForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    address = form.cleaned_data["address"]
    found = [
        {
            "key": one.category,
            "label": label_of(one.category),
            "reason": one.get_reason_display(),
            "since": one.created_at,
        }
        for one in suppressed_categories(address)
    ]
    return _page(request, form, looked_up={"address": address, "found": found})


@require_POST
@team_required
def mail_address_lift(request: HttpRequest) -> HttpResponse:
    """Write to an address again."""
    form = AddressForm(request.POST)
    category = request.POST.get("category", "")
    if form.is_valid() and deciding.suppression_lift_by_team(
        address=form.cleaned_data["address"], category=category, by=request.user
    ):
        messages.success(request, f"L’adresse reçoit de nouveau « {label_of(category)} ».")
    else:
        messages.info(request, "Cette adresse n’était pas écartée.")
    return redirect("pages:mails")


@require_POST
@team_required
def mail_again(request: HttpRequest, public_id: str) -> HttpResponse:
    """Send one that waits for a decision."""
    if deciding.message_send_again(public_id=public_id, by=request.user):
        messages.success(request, "Le courriel repart.")
    else:
        messages.info(request, "Ce courriel n’attend plus de décision.")
    return redirect("pages:mails")


@require_POST
@team_required
def mail_leave(request: HttpRequest, public_id: str) -> HttpResponse:
    """Give one up."""
    if deciding.message_leave(public_id=public_id, by=request.user):
        messages.success(request, "Le courriel ne sera pas envoyé.")
    else:
        messages.info(request, "Ce courriel n’attend plus de décision.")
    return redirect("pages:mails")


@require_POST
@team_required
def mail_all_again(request: HttpRequest) -> HttpResponse:
    """Send again all that five tries did not send: the server is back."""
    number = deciding.messages_send_again(by=request.user)
    if number:
        messages.success(request, f"{number} courriels repartent." if number > 1 else "Il repart.")
    else:
        messages.info(request, "Aucun courriel n’attendait.")
    return redirect("pages:mails")


def _page(
    request: HttpRequest,
    form: AddressForm,
    *,
    looked_up: dict[str, object] | None = None,
    status: int = 200,
) -> HttpResponse:
    wanted = request.GET.get("etat", "")
    wanted = wanted if wanted in State.values else ""
    page = _pages(wanted, request.GET.get("page", ""))
    address = reverse("pages:mails")
    decide = overview.to_decide()
    counts = overview.counts()
    context = {
        "counts": counts,
        "chips": [
            {"value": value, "label": label, "number": counts.by_state[value]}
            for value, label in State.choices
            if counts.by_state[value] or value == wanted
        ],
        "decide": decide,
        "tried": sum(not line.uncertain for line in decide),
        "page": page,
        "lines": overview.lines_of(list(page.object_list)),
        "page_base": f"{address}?{urlencode({'etat': wanted})}" if wanted else address,
        "wanted": wanted,
        "wanted_label": State(wanted).label if wanted else "",
        "suppressed": overview.suppressed(),
        "form": form,
        "looked_up": looked_up,
    }
    return render(request, "cops/pages/mails.html", context, status=status)


def _pages(state: str, text: str) -> Page:
    """1 when it is below 1 or no number, a 404 beyond the end."""
    paginator = Paginator(overview.messages(state), PER_PAGE)
    number = max(1, int(text)) if re.fullmatch(r"-?[0-9]{1,9}", text) else 1
    if number > paginator.num_pages or re.fullmatch(r"[0-9]{10,}", text):
        raise Http404
    return paginator.page(number)
