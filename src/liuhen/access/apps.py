from django.apps import AppConfig


class Access(AppConfig):
    name = "liuhen.access"
    label = "access"
