from django.apps import AppConfig


class CallNumbersConfig(AppConfig):
    name = "yanzhen.library.call_numbers"
