from django.apps import AppConfig


class HoldsConfig(AppConfig):
    name = "yanzhen.library.holds"
    label = "holds"
