from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "yanzhen.network"
    label = "network"
