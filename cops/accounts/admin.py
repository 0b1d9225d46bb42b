from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.http import HttpRequest

from cops.accounts.managers import normalise_email
from cops.accounts.models import RoleGrant, User
from cops.accounts.perms import person_of, sudo_required
from cops.accounts.roles import extra_roles
from cops.accounts.services.people import account_change
from cops.accounts.services.roles import role_give, role_take

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


class RoleGrantForm(forms.ModelForm):
    class Meta:
        model = RoleGrant
        fields = ("role",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "—"), *((role.key, role.label) for role in extra_roles())]
        self.fields["role"] = forms.ChoiceField(label="Rôle", choices=choices)


class RoleGrantInline(admin.TabularInline):
    """The roles that apps add: given or taken away, never changed into another."""

    model = RoleGrant
    form = RoleGrantForm
    fk_name = "user"
    extra = 0
    verbose_name = "rôle particulier"
    verbose_name_plural = "rôles particuliers"

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


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

    # A session left open by an administrator would open every account.
    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        view = sudo_required(super().changeform_view, keep_post=False)
        return view(request, *args, **kwargs)

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return sudo_required(super().delete_view, keep_post=False)(request, *args, **kwargs)

    def user_change_password(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        view = sudo_required(super().user_change_password, keep_post=False)
        return view(request, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        before = User.objects.get(pk=obj.pk) if change else None
        account_change(user=obj, before=before, by=person_of(request))

    def get_inlines(self, request: HttpRequest, obj: Any) -> list[Any]:
        """A person who is being added has no role of an app yet."""
        return [RoleGrantInline] if obj is not None and extra_roles() else []

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Roles of apps, through the services that write the audit."""
        formset.save(commit=False)
        for gone in formset.deleted_objects:
            role_take(user=gone.user, role=gone.role, by=person_of(request))
        for grant in formset.new_objects:
            role_give(user=grant.user, role=grant.role, by=person_of(request))
        formset.save_m2m()

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Nobody takes the keys away from themselves."""
        own = ("role", "is_active") if obj is not None and obj.pk == request.user.pk else ()
        return (*self.readonly_fields, *own)
