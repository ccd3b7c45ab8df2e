from django.apps import AppConfig


class Web(AppConfig):
    name = "liuhen.web"
    label = "web"
