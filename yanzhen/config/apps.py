from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "yanzhen.config"
    label = "config"
