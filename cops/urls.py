"""Every address of the portal; the table is in architecture.md « Addresses »."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from cops.accounts.views import consents

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("cops.http.urls")),
    path("", include("cops.operation.urls")),
    path("", include("cops.pages.urls")),
    path("", include("cops.search.urls")),
    path("", include("cops.exports.urls")),
    path("", include("cops.mail.urls")),
    path("", include("resources.urls")),
    path("api/v1/", include("cops.pages.api")),
    path("", include("selfassess.urls")),
    path("compte/", include("cops.accounts.urls")),
    path("conditions-d-utilisation/", consents.terms, name="terms"),
    path("admin/", admin.site.urls),
]

handler400 = "cops.pages.views.errors.bad_request"
handler403 = "cops.pages.views.errors.forbidden"
handler404 = "cops.pages.views.errors.not_found"
handler500 = "cops.pages.views.errors.server_error"
