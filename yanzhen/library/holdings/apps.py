from django.apps import AppConfig


class HoldingsConfig(AppConfig):
    name = "yanzhen.library.holdings"
    label = "holdings"
