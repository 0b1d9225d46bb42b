"""The grids' addresses inside « /api/v1/ »; cops.pages.api puts them there."""

from django.urls import URLPattern, path

from selfassess.api import views

urlpatterns: list[URLPattern] = [
    path("grids/", views.GridListView.as_view(), name="grids"),
    path("grids/<slug:slug>/", views.GridView.as_view(), name="grid"),
]
