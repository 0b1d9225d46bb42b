"""The roof: home, institutional pages, what robots ask for."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps import views as sitemap_views
from django.urls import path

from cops.pages.sitemaps import SITEMAPS
from cops.pages.views import exports, links, mails, nights, public, robots, showcase, team

app_name = "pages"

urlpatterns = [
    path("", public.home, name="home"),
    path("contact/", public.contact, name="contact"),
    path("le-cops/", public.cops, name="cops"),
    path("mentions-legales/", public.legal, name="legal"),
    path("donnees-personnelles/", public.privacy, name="privacy"),
    path("accessibilite/", public.accessibility, name="accessibility"),
    path("plan-du-site/", public.sitemap, name="sitemap"),
    path("pilotage/", team.todo, name="todo"),
    path("pilotage/courriel-du-matin/", team.morning_choice, name="morning_choice"),
    path("pilotage/liens/", links.links, name="links"),
    path("pilotage/liens/<int:pk>/verifier/", links.link_again, name="link_again"),
    path("pilotage/liens/<int:pk>/bon/", links.link_good, name="link_good"),
    path("pilotage/effacements/", nights.nights, name="nights"),
    path("pilotage/exports/", exports.exports, name="exports"),
    path("pilotage/exports/<slug:public_id>/relance/", exports.export_again, name="export_again"),
    path("pilotage/courriels/", mails.mails, name="mails"),
    path("pilotage/courriels/reprise/", mails.mail_all_again, name="mail_all_again"),
    path("pilotage/courriels/adresse/", mails.mail_address, name="mail_address"),
    path("pilotage/courriels/adresse/retour/", mails.mail_address_lift, name="mail_address_lift"),
    path("pilotage/courriels/<slug:public_id>/renvoi/", mails.mail_again, name="mail_again"),
    path("pilotage/courriels/<slug:public_id>/abandon/", mails.mail_leave, name="mail_leave"),
    path("composants/", showcase.components, name="components"),
    path("favicon.ico", robots.favicon, name="favicon"),
    path("robots.txt", robots.robots, name="robots"),
    path(".well-known/security.txt", robots.security, name="security"),
    path(
        "sitemap.xml",
        login_not_required(sitemap_views.index),
        {"sitemaps": SITEMAPS, "sitemap_url_name": "pages:sitemap_part"},
        name="sitemap_index",
    ),
    path(
        "sitemap-<section>.xml",
        login_not_required(sitemap_views.sitemap),
        {"sitemaps": SITEMAPS},
        name="sitemap_part",
    ),
]
