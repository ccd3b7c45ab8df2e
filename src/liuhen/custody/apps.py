from django.apps import AppConfig


class Custody(AppConfig):
    name = "liuhen.custody"
    label = "custody"
