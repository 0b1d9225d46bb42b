from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path

from cops.accounts.managers import normalise_email
from cops.accounts.models import RoleGrant, User
from cops.accounts.my_data.leaving import LastAdministrator, account_leave
from cops.accounts.perms import person_of, sudo_required
from cops.accounts.roles import extra_roles
from cops.accounts.services.people import account_change
from cops.accounts.services.roles import role_give, role_take
from cops.formats import date_fr
from cops.privacy.departures import DELAY
from cops.privacy.models import Departure
from cops.privacy.registry import declarations

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
    """Accounts by address and role. Open to administrators alone.

    None is deleted here: a row taken away would leave what other apps know of the person, and
    no line in the journal that a restored backup is read against. ``erase`` is the one way out.
    """

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

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """To read: nothing is done to several accounts at once."""
        if request.method == "POST":
            raise PermissionDenied
        return super().changelist_view(request, *args, **kwargs)

    def user_change_password(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        view = sudo_required(super().user_change_password, keep_post=False)
        return view(request, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        # Under a lock: erased meanwhile, a save would bring the account back.
        rows = User.objects.select_for_update()
        before = get_object_or_404(rows, pk=obj.pk) if change else None
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

    # --- leaving, asked for a person by the team

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(sudo_required(self.erase))
        return [path("<int:pk>/effacer/", view, name="accounts_user_erase"), *super().get_urls()]

    def erase(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """What will go; then, on a POST, the departure that « Mes données » offers."""
        user = self.get_object(request, str(pk))
        if user is None or not self.has_change_permission(request, user):
            raise Http404
        if user.pk == request.user.pk:
            return redirect("my_data:leave")
        if request.method == "POST":
            return self._erase(request, user)
        context = {
            **self.admin_site.each_context(request),
            "title": "Effacer ce compte",
            "opts": self.opts,
            "original": user,
            "told": [one for one in declarations() if one.person or one.address],
            "days": DELAY.days,
            "departure": Departure.objects.filter(user=user).first(),
        }
        return render(request, "admin/accounts/user/erase.html", context)

    def _erase(self, request: HttpRequest, user: User) -> HttpResponseBase:
        try:
            departure = account_leave(user=user, by=person_of(request))
        except LastAdministrator:
            words = "Personne d’autre n’administre le portail : donnez d’abord ce rôle à quelqu’un."
            self.message_user(request, words, messages.ERROR)
        else:
            words = f"Départ noté : ce compte sera effacé à partir du {date_fr(departure.due_at)}."
            self.message_user(request, words, messages.SUCCESS)
        return redirect("admin:accounts_user_change", user.pk)
