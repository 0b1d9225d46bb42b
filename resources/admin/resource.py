from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from resources.admin.attachments import AttachmentInline, attachments_save
from resources.admin.base import LibraryAdmin, LibraryFields, page_address, run_service
from resources.admin.refusing import MediaFormSet
from resources.admin.saving import LibraryForm
from resources.admin.sections import SectionInline, sections_save
from resources.desk.fields import FactsField, TrainingField
from resources.enums import Variant
from resources.models import (
    Attachment,
    ExternalMedia,
    Resource,
    ResourceDraft,
    ResourceReference,
    ResourceRelation,
    ResourceTerm,
    Section,
)
from resources.services.publishing import (
    resource_archive,
    resource_publish,
    resource_redraft,
    resource_review,
    resource_save,
    resource_update,
)


class ResourceForm(LibraryForm):
    training = TrainingField(
        label="Formations",
        required=False,
        help_text="Une par ligne ; « (obligatoire) » à la fin quand elle l’est.",
    )
    facts = FactsField(
        label="Repères chiffrés", required=False, help_text="« nom : valeur » sur chaque ligne."
    )

    class Meta:
        model = Resource
        exclude = ("status", "sort_key")


class TermInline(admin.TabularInline):
    model = ResourceTerm
    extra = 0
    autocomplete_fields = ("term",)
    classes = ("collapse",)


class ReferenceInline(admin.TabularInline):
    model = ResourceReference
    extra = 0
    autocomplete_fields = ("reference",)
    classes = ("collapse",)


class RelationInline(admin.TabularInline):
    model = ResourceRelation
    fk_name = "source"
    extra = 0
    autocomplete_fields = ("target",)
    classes = ("collapse",)


class MediaInline(LibraryFields, admin.StackedInline):
    model = ExternalMedia
    formset = MediaFormSet
    extra = 0
    rich_text = ("transcript_html",)
    classes = ("collapse",)


class FalcFilter(admin.SimpleListFilter):
    title = "version FALC"
    parameter_name = "falc"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("oui", "Oui"), ("non", "Non")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        easy = Exists(Section.objects.filter(resource=OuterRef("pk"), variant=Variant.FALC))
        if self.value() == "oui":
            return queryset.filter(easy)
        return queryset.filter(~easy) if self.value() == "non" else queryset


@admin.register(Resource)
class ResourceAdmin(LibraryAdmin):
    form = ResourceForm
    list_display = ("title", "kind", "number", "status", "published_at", "review_by", "page")
    list_filter = ("status", "kind", "dimension", FalcFilter)
    search_fields = ("title", "subtitle", "summary", "slug")
    search_help_text = "Titre, sous-titre, résumé ou adresse."
    ordering = ("sort_key", "pk")
    date_hierarchy = "published_at"
    readonly_fields = ("status", "page", "history", "desk")
    prepopulated_fields = {"slug": ("title",)}
    actions = ("publish", "review", "redraft", "archive")
    inlines = (
        SectionInline,
        TermInline,
        ReferenceInline,
        RelationInline,
        AttachmentInline,
        MediaInline,
    )
    fieldsets = (
        (None, {"fields": ("title", "subtitle", ("kind", "number"), "slug", "summary")}),
        ("Publication", {
            "fields": (
                ("status", "page"), ("published_at", "withdrawn_at"), "notice",
                ("reviewed_on", "review_by", "falc_reviewed_on"), "history", "desk",
            ),
        }),
        ("Classement", {
            "fields": ("topics", "dimension", "audience", "audience_codes", "departments"),
        }),
        ("Fiche-mission", {
            "classes": ("collapse",),
            "fields": (
                "action", "partner_profiles", "places", "modalities", "training",
                "regulation", "skills",
            ),
        }),
        ("Origine", {
            "classes": ("collapse",),
            "fields": ("working_group", "contributors", "publishers", "methodology", "facts"),
        }),
        ("Liens vers d’autres rubriques", {
            "classes": ("collapse",),
            "fields": ("grids", "workshops"),
        }),
    )  # fmt: skip

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj else dict(self.prepopulated_fields)

    @admin.display(description="page")
    def page(self, resource: Resource) -> SafeString | str:
        address = page_address(resource) if resource.pk else None
        if address is None:
            return "—"
        return format_html('<a href="{}" target="_blank" rel="noopener">Aperçu</a>', address)

    @admin.display(description="pilotage")
    def desk(self, resource: Resource) -> SafeString | str:
        """The page where the team works on it: what is saved here is on view at once."""
        if not resource.pk:
            return "—"
        draft = ResourceDraft.objects.filter(resource=resource).first()
        said = (
            f"un texte de travail y attend ({draft.get_state_display().lower()}) ; ce que vous"
            " changez ici paraît tout de suite et y sera repris."
            if draft
            else "pour préparer une correction sans changer la page publique."
        )
        # In a form in error the address is what was typed, which may be none.
        kept = Resource.objects.values_list("slug", flat=True).get(pk=resource.pk)
        address = reverse("resources:desk_sheet", args=[kept])
        return format_html('<a href="{}">La fiche au pilotage</a> : {}', address, said)

    @admin.display(description="versions")
    def history(self, resource: Resource) -> SafeString | str:
        if not resource.pk:
            return "—"
        rows = resource.versions.order_by("-number", "pk").only("number", "published_at")[:10]
        if not rows:
            return "Jamais publiée."
        return format_html_join(
            ", ",
            '<a href="{}">version {} du {}</a>',
            (
                (
                    reverse("admin:resources_resourceversion_change", args=[row.pk]),
                    row.number,
                    f"{row.published_at:%d/%m/%Y}",
                )
                for row in rows
            ),
        )

    # --- writing, through the services

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        resource_save(resource=obj, by=request.user)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        if formset.model is Section:
            sections_save(formset)
            return
        if formset.model is Attachment:
            attachments_save(formset, request.user)
            return
        formset.save()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        resource_update(resource=form.instance, by=request.user)

    # --- actions

    def _each(
        self, request: HttpRequest, queryset: QuerySet[Resource], service: Any, done: str
    ) -> None:
        run_service(self, request, queryset, lambda r: service(resource=r, by=request.user), done)

    @admin.action(description="Publier")
    def publish(self, request: HttpRequest, queryset: QuerySet[Resource]) -> None:
        self._each(request, queryset, resource_publish, "Publiées")

    @admin.action(description="Passer en relecture")
    def review(self, request: HttpRequest, queryset: QuerySet[Resource]) -> None:
        self._each(request, queryset, resource_review, "En relecture")

    @admin.action(description="Repasser en brouillon")
    def redraft(self, request: HttpRequest, queryset: QuerySet[Resource]) -> None:
        self._each(request, queryset, resource_redraft, "Brouillons")

    @admin.action(description="Archiver")
    def archive(self, request: HttpRequest, queryset: QuerySet[Resource]) -> None:
        self._each(request, queryset, resource_archive, "Archivées")
