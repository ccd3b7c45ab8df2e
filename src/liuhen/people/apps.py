from django.apps import AppConfig


class People(AppConfig):
    name = "liuhen.people"
    label = "people"
