from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "yanzhen.culture.courses"
    label = "courses"
