"""A browser's name for people, from what it says of itself; a claim, good enough to recognise."""

from django.utils.translation import gettext as _

# The first that is named wins: all of them also say Chrome or Safari.
BROWSERS = (
    ("QIHU", "360"),
    ("360SE", "360"),
    ("360EE", "360"),
    ("QQBrowser", "QQ"),
    ("Qaxbrowser", "奇安信可信浏览器"),
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Windows", "Windows"),
    ("HarmonyOS", "HarmonyOS"),
    ("Android", "Android"),
    ("iPhone", "iOS"),
    ("Mac OS", "macOS"),
    ("UOS", "统信 UOS"),
    ("Kylin", "麒麟"),
    ("Linux", "Linux"),
)


def named(agent: str) -> str:
    """Browser and system; a plain word if it says neither."""
    found = [first(agent, BROWSERS), first(agent, SYSTEMS)]
    return " · ".join(filter(None, found)) or _("未知浏览器")


def first(agent: str, known: tuple[tuple[str, str], ...]) -> str:
    return next((name for mark, name in known if mark in agent), "")
