from django.apps import AppConfig


class BookingConfig(AppConfig):
    name = "yanzhen.culture.booking"
    label = "booking"
