from django.urls import path

from cops.operation import views

app_name = "operation"

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("metrics", views.figures, name="metrics"),
    path("pilotage/sante/", views.health, name="health"),
]
