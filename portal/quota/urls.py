from django.urls import path

from portal.quota import views

app_name = "quota"
urlpatterns = [
    path("", views.index, name="index"),
    path("card/", views.card, name="card"),
]
