from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "yanzhen.doors.desk"
    label = "desk"
