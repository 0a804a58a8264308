from django.apps import AppConfig


class HarvestConfig(AppConfig):
    name = "yanzhen.library.harvest"
    label = "harvest"
