from django.apps import AppConfig


class Regulations(AppConfig):
    name = "liuhen.regulations"
    label = "regulations"
