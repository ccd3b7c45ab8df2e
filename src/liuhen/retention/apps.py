from django.apps import AppConfig


class Retention(AppConfig):
    name = "liuhen.retention"
    label = "retention"
