from django.apps import AppConfig


class Devices(AppConfig):
    name = "liuhen.devices"
    label = "devices"
