from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.http import HttpRequest

from cops.accounts.managers import normalise_email
from cops.accounts.models import User

# Rights come from the role (cops.accounts.permissions), never from a group. Addresses, factors
# and sessions belong to the person: nobody reads or writes them here.
admin.site.unregister(
    [Group, EmailAddress, Authenticator, UserSession, SocialAccount, SocialApp, SocialToken]
)


class _LowerEmail:
    """One spelling of an address, whoever types it."""

    cleaned_data: dict[str, Any]

    def clean_email(self) -> str:
        return normalise_email(self.cleaned_data["email"])


class UserAddForm(_LowerEmail, AdminUserCreationForm):
    class Meta:
        model = User
        fields = ("email",)


class UserForm(_LowerEmail, UserChangeForm):
    class Meta:
        model = User
        fields = ("email", "display_name", "role", "is_active")


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    """Accounts by address and role. Open to administrators alone."""

    form = UserForm
    add_form = UserAddForm
    ordering = ("email", "pk")
    list_display = ("email", "display_name", "role", "is_active", "joined_at", "last_login")
    list_filter = ("role", "is_active")
    search_fields = ("email", "display_name")
    filter_horizontal = ()
    readonly_fields = ("joined_at", "last_login")
    fieldsets = (
        (None, {"fields": ("email", "display_name", "password")}),
        ("Rôle", {"fields": ("role", "is_active")}),
        ("Dates", {"fields": ("joined_at", "last_login")}),
    )
    add_fieldsets = (
        (None, {"fields": ("email", "display_name", "role", "usable_password")}),
        ("Mot de passe", {"fields": ("password1", "password2")}),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Nobody takes the keys away from themselves."""
        own = ("role", "is_active") if obj is not None and obj.pk == request.user.pk else ()
        return (*self.readonly_fields, *own)
