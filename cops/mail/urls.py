from django.urls import path

from cops.mail.views import unsubscribe

app_name = "mail"

urlpatterns = [
    path("courriels/arret/<str:token>/", unsubscribe.unsubscribe, name="unsubscribe"),
]
