from django.apps import AppConfig


class StocktakingConfig(AppConfig):
    name = "yanzhen.library.stocktaking"
    label = "stocktaking"
