from django.urls import path

from cops.exports import views

app_name = "exports"

urlpatterns = [
    path("exports/<slug:public_id>/", views.page, name="page"),
    path("exports/<slug:public_id>/etat/", views.state, name="state"),
    path("exports/<slug:public_id>/fichier/", views.file, name="file"),
    path("exports/<slug:public_id>/recommencer/", views.retry, name="retry"),
]
