from django.apps import AppConfig


class ResourcesConfig(AppConfig):
    name = "yanzhen.culture.resources"
    label = "resources"
