from django.apps import AppConfig


class Recordings(AppConfig):
    name = "liuhen.recordings"
    label = "recordings"
