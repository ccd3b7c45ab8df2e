from django.apps import AppConfig


class Cases(AppConfig):
    name = "liuhen.cases"
    label = "cases"
