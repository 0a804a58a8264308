from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "yanzhen.doors.api"
    label = "api"
