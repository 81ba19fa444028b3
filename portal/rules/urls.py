from django.urls import path, register_converter

from portal.rules import views
from portal.rules.list import RuleId

register_converter(RuleId, "rule_id")

app_name = "rules"
urlpatterns = [
    path("", views.index, name="index"),
    path("new/", views.new, name="new"),
    path("<rule_id:rule_id>/", views.edit, name="edit"),
    path("<rule_id:rule_id>/switch/", views.switch, name="switch"),
    path("<rule_id:rule_id>/delete/", views.delete, name="delete"),
]
