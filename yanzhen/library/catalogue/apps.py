from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "yanzhen.library.catalogue"
    label = "catalogue"
