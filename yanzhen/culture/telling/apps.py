from django.apps import AppConfig


class TellingConfig(AppConfig):
    name = "yanzhen.culture.telling"
    label = "telling"
