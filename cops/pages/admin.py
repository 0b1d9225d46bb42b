from django.contrib import admin

from cops.pagecache import raise_version
from cops.pages.models import Organisation


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin):
    """The words of « Le COPS »; its missions and history follow the file of the content."""

    list_display = ["title", "acronym", "region"]
    fields = [
        "title", "acronym", "region", "baseline", "summary", "carried_by", "supported_by",
        "website", "contact",
    ]  # fmt: skip

    def has_add_permission(self, request) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    def save_model(self, request, obj, form, change) -> None:
        super().save_model(request, obj, form, change)
        raise_version()
