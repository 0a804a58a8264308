from django.apps import AppConfig


class ToursConfig(AppConfig):
    name = "yanzhen.culture.tours"
    label = "tours"
