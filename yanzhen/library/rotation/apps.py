from django.apps import AppConfig


class RotationConfig(AppConfig):
    name = "yanzhen.library.rotation"
    label = "rotation"
