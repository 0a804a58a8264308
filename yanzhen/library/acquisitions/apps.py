from django.apps import AppConfig


class AcquisitionsConfig(AppConfig):
    name = "yanzhen.library.acquisitions"
    label = "acquisitions"
