from django.apps import AppConfig


class PatronsConfig(AppConfig):
    name = "yanzhen.library.patrons"
    label = "patrons"
