"""Signing in as an officer does it: password, second factor, the steps that are owed.

`sign_in(page, url, login)` is all a journey needs. It enrols a phone where one is demanded,
changes a password somebody else has set, and remembers both for the next time.
"""

import base64
import time
from urllib.parse import urlsplit

from django_otp.oath import totp
from playwright.sync_api import Page, expect

PASSWORD = "Cunzheng-2026-ok"
STEP_SECONDS = 30


class Phone:
    """An authenticator app for one account. A code opens once, so each one differs."""

    def __init__(self, secret: str) -> None:
        self.secret = base64.b32decode(secret.replace(" ", ""))
        self.last_step = 0
        self.recovery_codes: list[str] = []

    def code(self) -> str:
        """The oldest one that is still good; when all that are good are used, one from paper."""
        now = int(time.time()) // STEP_SECONDS
        step = max(now - 1, self.last_step + 1)
        if step > now + 1:
            return self.recovery_codes.pop(0)
        self.last_step = step
        return f"{totp(self.secret, STEP_SECONDS, t0=int(time.time()) - step * STEP_SECONDS):06d}"


PHONES: dict[tuple[str, str], Phone] = {}
PASSWORDS: dict[tuple[str, str], str] = {}
"""By address of the installation and login."""


def sign_in(page: Page, url: str, login: str, password: str = PASSWORD) -> None:
    """On the home page at the end, signed in, nothing owed."""
    give_password(page, url, login, password)
    take_steps(page, url, login, password)
    expect(page.get_by_role("heading", name="工作台")).to_be_visible()


def give_password(page: Page, url: str, login: str, password: str = PASSWORD) -> None:
    """The first step alone."""
    page.goto(f"{url}/sign-in/")
    page.fill("[name=login]", login)
    page.fill("[name=password]", PASSWORDS.get((url, login), password))
    press(page)


def take_steps(page: Page, url: str, login: str, password: str = PASSWORD) -> None:
    """Whatever the product asks for between the password and the home page."""
    for _step in range(4):
        match urlsplit(page.url).path:
            case "/sign-in/code/":
                give_code(page, PHONES[url, login].code())
            case "/second-factor/":
                enrol(page, url, login, password)
                page.get_by_role("link", name="已保存，继续").click()
            case "/password/":
                change_password(page, url, login, password)
            case _:
                return


def give_code(page: Page, code: str) -> None:
    page.fill("[name=code]", code)
    press(page)


def enrol(page: Page, url: str, login: str, password: str = PASSWORD) -> Phone:
    """On the page with the recovery codes at the end."""
    phone = Phone(page.locator("#secret").text_content() or "")
    page.fill("[name=code]", phone.code())
    page.fill("[name=password]", PASSWORDS.get((url, login), password))
    press(page)
    expect(page.locator(".recovery-codes li")).to_have_count(10)
    phone.recovery_codes = page.locator(".recovery-codes code").all_text_contents()
    PHONES[url, login] = phone
    return phone


def change_password(page: Page, url: str, login: str, password: str) -> None:
    old = PASSWORDS.get((url, login), password)
    PASSWORDS[url, login] = new = f"{old}-2"
    for name, value in (("old", old), ("password", new), ("again", new)):
        page.fill(f"[name={name}]", value)
    press(page)


def press(page: Page) -> None:
    """Send the form that was filled in, and wait for the page that answers."""
    with page.expect_navigation():
        page.locator("main form:has([name=password], [name=code]) .btn-primary").first.click()
