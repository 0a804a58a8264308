from django.apps import AppConfig


class CirculationConfig(AppConfig):
    name = "yanzhen.library.circulation"
    label = "circulation"
