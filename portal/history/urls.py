from django.urls import path

from portal.history import views

app_name = "history"
urlpatterns = [path("", views.index, name="index")]
