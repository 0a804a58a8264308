from django.apps import AppConfig


class DiscoveryConfig(AppConfig):
    name = "yanzhen.library.discovery"
    label = "discovery"
