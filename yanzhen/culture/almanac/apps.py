from django.apps import AppConfig


class AlmanacConfig(AppConfig):
    name = "yanzhen.culture.almanac"
    label = "almanac"
