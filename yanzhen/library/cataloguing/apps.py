from django.apps import AppConfig


class CataloguingConfig(AppConfig):
    name = "yanzhen.library.cataloguing"
    label = "cataloguing"
