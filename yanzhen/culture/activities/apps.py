from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "yanzhen.culture.activities"
    label = "activities"
