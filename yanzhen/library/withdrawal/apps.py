from django.apps import AppConfig


class WithdrawalConfig(AppConfig):
    name = "yanzhen.library.withdrawal"
    label = "withdrawal"
