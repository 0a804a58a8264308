from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "yanzhen.doors.portal"
    label = "portal"
