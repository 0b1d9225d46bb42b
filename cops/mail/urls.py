from django.urls import path

from cops.mail.views import box, unsubscribe

app_name = "mail"

urlpatterns = [
    path("courriels/", box.box, name="box"),
    path("courriels/<slug:name>/", box.kept, name="kept"),
    path("courriels/<slug:name>/html/", box.kept_html, name="kept_html"),
    path("courriels/arret/<str:token>/", unsubscribe.unsubscribe, name="unsubscribe"),
]
