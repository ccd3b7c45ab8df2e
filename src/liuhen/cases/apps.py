from django.apps import AppConfig


class Cases(AppConfig):
    name = "liuhen.cases"
    label = "cases"

    def ready(self) -> None:
        """Papers lie in the vault beside the recordings: its audit and scrub must know them."""
        from liuhen.cases import integrity
        from liuhen.recordings import holdings

        holdings.register("cases", integrity.held)
