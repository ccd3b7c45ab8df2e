from django.apps import AppConfig


class Duties(AppConfig):
    name = "liuhen.duties"
    label = "duties"
