from django.apps import AppConfig


class Sip2Config(AppConfig):
    name = "yanzhen.doors.sip2"
    label = "sip2"
