from django.apps import AppConfig


class Api(AppConfig):
    name = "liuhen.api"
    label = "api"
