from django.apps import AppConfig


class Statistics(AppConfig):
    name = "liuhen.statistics"
    label = "statistics"
