from django.apps import AppConfig


class Supervision(AppConfig):
    name = "liuhen.supervision"
    label = "supervision"
