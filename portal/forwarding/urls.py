from django.urls import path

from portal.forwarding import views

app_name = "forwarding"
urlpatterns = [
    path("", views.index, name="index"),
    path("check/", views.check, name="check"),
    path("start/", views.start, name="start"),
    path("stop/", views.stop, name="stop"),
]
