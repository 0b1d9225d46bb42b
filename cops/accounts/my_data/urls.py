from django.urls import path

from cops.accounts.my_data import views

app_name = "my_data"

urlpatterns = [
    path("", views.home, name="home"),
    path("copie/", views.copy, name="copy"),
    path("depart/", views.leave, name="leave"),
    path("en-partance/", views.leaving, name="leaving"),
    path("rester/", views.stay, name="stay"),
    path("a-bientot/", views.goodbye, name="goodbye"),
]
