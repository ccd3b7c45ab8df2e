from django.apps import AppConfig


class Access(AppConfig):
    name = "liuhen.access"
    label = "access"

    def ready(self) -> None:
        from liuhen.access import excerpts
        from liuhen.recordings import copies

        copies.register("excerpts", excerpts.KEEPER)
