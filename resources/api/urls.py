"""The library's addresses inside « /api/v1/ »; cops.pages.api puts them there."""

from django.urls import URLPattern, path

from resources.api import views

urlpatterns: list[URLPattern] = [
    path("resources/", views.ResourceListView.as_view(), name="resources"),
    path("resources/<slug:slug>/", views.ResourceView.as_view(), name="resource"),
    path("experiences/", views.ExperienceListView.as_view(), name="experiences"),
    path("experiences/<slug:slug>/", views.ExperienceView.as_view(), name="experience"),
    path("terms/", views.TermListView.as_view(), name="terms"),
    path("terms/<slug:slug>/", views.TermView.as_view(), name="term"),
]
