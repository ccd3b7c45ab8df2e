class Refusal(Exception):
    """A rule said no and nothing was changed. Bugs and outages are not Refusals.

    `code` is stable: tests, clients and custody events quote it. `article` names the
    rule that says no, if one does; `topic` names what it governs where each bureau's own
    regulation has another number for it. The message is for the officer at the screen: what
    happened, why, what to do next.
    """

    code: str = "refused"
    message: object = ""  # text, or what becomes text in the reader's language
    article: str | None = None
    topic: str | None = None

    def __init__(self, message: str | None = None, **facts: object) -> None:
        self.facts = facts
        template = message if message is not None else str(self.message)
        self.text = template.format(**facts) if facts else template
        super().__init__(self.text)
