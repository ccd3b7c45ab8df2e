"""The accounts a demonstration shows on its sign-in page."""

import json
from typing import Any

from django.conf import settings


def accounts() -> list[dict[str, Any]]:
    """`login`, `name`, `role`, `password` of each; none outside a demonstration."""
    if not settings.LIUHEN_DEMO:
        return []
    try:
        told = json.loads((settings.DATA.root / "DEMONSTRATION").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return told if isinstance(told, list) else []
