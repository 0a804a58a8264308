from django.apps import AppConfig


class DoorsConfig(AppConfig):
    name = "yanzhen.doors"
    label = "doors"
