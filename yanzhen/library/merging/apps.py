from django.apps import AppConfig


class MergingConfig(AppConfig):
    name = "yanzhen.library.merging"
