from django.apps import AppConfig


class GroundworkConfig(AppConfig):
    name = "yanzhen.groundwork"
    label = "groundwork"
