"""What a PDF a page answered says, without the spaces between its words."""

from typing import Any

import pypdfium2


def text_of(answer: Any) -> str:
    document = pypdfium2.PdfDocument(answer.content)
    texts = (page.get_textpage().get_text_range() for page in document)
    return "".join("".join(text.split()) for text in texts)
