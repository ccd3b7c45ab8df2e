from django.apps import AppConfig


class Retention(AppConfig):
    name = "liuhen.retention"
    label = "retention"

    def ready(self) -> None:
        from liuhen.recordings import copies
        from liuhen.retention import disc_copies

        copies.register("discs", disc_copies.KEEPER)
