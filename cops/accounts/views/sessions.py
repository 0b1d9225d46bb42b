"""Closing one session among those of the person."""

from __future__ import annotations

from allauth.usersessions.internal.flows.sessions import end_sessions
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST


@require_POST
def close_session(request: HttpRequest, pk: int) -> HttpResponse:
    """Closed already, or of somebody else: the list is shown all the same, and tells."""
    found = UserSession.objects.filter(pk=pk, user_id=request.user.pk)
    if found:
        end_sessions(request, found)
        messages.success(request, "La session est fermée.")
    return redirect("usersessions_list")
