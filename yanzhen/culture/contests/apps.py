from django.apps import AppConfig


class ContestsConfig(AppConfig):
    name = "yanzhen.culture.contests"
    label = "contests"
