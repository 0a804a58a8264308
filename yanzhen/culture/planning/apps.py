from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "yanzhen.culture.planning"
    label = "planning"
