"""Coming in as a team does, in a real browser: name and password, a second factor, a one-time link, leaving."""

from __future__ import annotations

import time
from urllib.parse import urlsplit

import pyotp
import pytest
from playwright.sync_api import Page, expect
from review_server import Review, violations
from waiting import submit

from tollbook.review import accounts
from tollbook.review.people import Role

PASSWORD = "seven grey herons at low tide"


@pytest.fixture
def bo(team: Review) -> str:
    return member(team, "Bo Tarn", "coder")


def member(team: Review, name: str, role: Role) -> str:
    """An account with the password of these tests."""
    kept = team.app.state.kept
    accounts.add(kept, name, role)
    accounts.set_password(kept, name, PASSWORD)
    return name


def log_in(page: Page, name: str, password: str = PASSWORD, code: str = "") -> None:
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_label("Code").fill(code)
    submit(page, "Log in")


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def test_a_password_opens_the_page_that_was_asked_for_and_leaving_closes_it(team: Review, bo: str) -> None:
    page = team.opened("/account")
    assert violations(page) == []
    log_in(page, " bo  TARN ")
    heading(page, "Your account")
    expect(page.locator("main")).to_contain_text("Bo Tarn, coder")
    submit(page, "Leave")
    heading(page, "Log in")
    page.goto(f"{team.url}/account")
    heading(page, "Log in")


def test_what_is_wrong_is_not_told(team: Review, bo: str) -> None:
    page = team.opened("/login")
    said = set()
    for name, password in ((bo, "nothing like the password"), ("Nobody", PASSWORD), ("", "x"), (bo.upper(), "")):
        log_in(page, name or "x", password or "x")
        said.add(page.get_by_role("alert").inner_text())
        expect(page.get_by_label("Password")).to_have_value("")
    assert said == {"Name, password or code is wrong."}
    assert violations(page) == []


def test_a_second_factor_is_set_up_and_asked_for(team: Review, bo: str) -> None:
    page = team.opened("/account")
    log_in(page, bo)
    other = team.opened("/account")
    log_in(other, bo)
    assert violations(page) == []
    page.locator("#on-password").fill(PASSWORD)
    submit(page, "Set it up")
    heading(page, "Second factor")
    expect(page.get_by_role("img")).to_have_js_property("complete", True)
    assert page.get_by_role("img").evaluate("image => image.naturalWidth") > 100, team.complaints
    assert violations(page) == []
    code = pyotp.TOTP(page.locator("#key").inner_text().replace(" ", ""))
    used = code.at(time.time())
    page.get_by_label("Code").fill(used)
    submit(page, "Switch it on")
    heading(page, "Recovery codes")
    assert violations(page) == []
    recovery = page.locator(".codes code").all_inner_texts()
    assert len(set(recovery)) == 10
    other.reload()
    heading(other, "Log in")

    log_in(other, bo)
    expect(other.get_by_role("alert")).to_be_visible()
    log_in(other, bo, code=used)  # its step was used to set it up
    expect(other.get_by_role("alert")).to_be_visible()
    log_in(other, bo, code=code.at(time.time() + 30))
    heading(other, "Your account")

    third = team.opened("/account")
    log_in(third, bo, code=recovery[3].upper().replace("-", " "))
    heading(third, "Your account")
    again = team.opened("/account")
    log_in(again, bo, code=recovery[3])
    expect(again.get_by_role("alert")).to_be_visible()

    third.locator("#off-password").fill(PASSWORD)
    third.locator("#off-code").fill(recovery[4])
    submit(third, "Switch it off")
    expect(third.get_by_role("status")).to_have_text("The second factor is off.")
    assert not accounts.get(team.app.state.kept, bo).second


def test_another_password_ends_all_other_sessions(team: Review, bo: str) -> None:
    page, other = team.opened("/account"), team.opened("/account")
    log_in(page, bo)
    log_in(other, bo)
    page.get_by_label("Password now").fill("not the password at all")
    page.get_by_label("New password").fill("eleven slow barges upstream")
    page.get_by_label("The same again").fill("eleven slow barges upstream")
    submit(page, "Change it")
    heading(page, "the password is wrong; nothing was changed")
    page.goto(f"{team.url}/account")
    page.get_by_label("Password now").fill(PASSWORD)
    page.get_by_label("New password").fill("eleven slow barges upstream")
    page.get_by_label("The same again").fill("eleven slow barges upstream")
    submit(page, "Change it")
    expect(page.get_by_role("status")).to_contain_text("Your password is changed")
    other.reload()
    heading(other, "Log in")
    log_in(other, bo)
    expect(other.get_by_role("alert")).to_be_visible()
    log_in(other, bo, "eleven slow barges upstream")
    heading(other, "Your account")


def test_an_admin_invites_somebody_by_a_link_that_works_once(team: Review) -> None:
    admin = team.page("/members", "Ann Example", "admin")
    admin.get_by_label("Name", exact=True).fill("Cy Ferrow")
    admin.locator("#role").select_option("editor")
    submit(admin, "Make a link")
    link = urlsplit(admin.locator("#link").inner_text())
    assert violations(admin) == []
    expect(admin.locator("main")).to_contain_text("invited")

    page = team.opened(f"{link.path}?{link.query}")
    page.reload()  # a mail program has looked at it before
    expect(page.locator("main")).to_contain_text("You are Cy Ferrow, editor")
    assert violations(page) == []
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("The same again").fill(PASSWORD)
    submit(page, "Come in")
    heading(page, "Your account")
    used = team.opened(f"{link.path}?{link.query}")
    heading(used, "this link has been used, or is too old")


def test_a_changed_role_ends_the_sessions_of_that_person(team: Review, bo: str) -> None:
    admin, page = team.page("/members"), team.opened("/account")
    log_in(page, bo)
    admin.get_by_label(f"Role of {bo}", exact=True).select_option("reader")
    submit(admin, f"Change the role of {bo}")
    page.reload()
    log_in(page, bo)
    expect(page.locator("main")).to_contain_text("Bo Tarn, reader")
    page.goto(f"{team.url}/members")
    heading(page, "this needs the role admin; yours is reader")


def test_a_new_link_begins_an_account_anew(team: Review, bo: str) -> None:
    admin, page = team.page("/members"), team.opened("/account")
    log_in(page, bo)
    admin.get_by_label(f"New link for {bo}", exact=True).click()
    submit(admin, f"Begin anew for {bo}")
    link = admin.locator("#link").inner_text().removeprefix(team.url)
    page.reload()
    log_in(page, bo)
    expect(page.get_by_role("alert")).to_be_visible()
    page.goto(f"{team.url}{link}")
    page.get_by_label("Password").fill("eleven slow barges upstream")
    page.get_by_label("The same again").fill("eleven slow barges upstream")
    submit(page, "Come in")
    heading(page, "Your account")


def test_the_last_admin_stays(team: Review, bo: str) -> None:
    admin = team.page("/members", member(team, "Dee Marl", "admin"), "admin")
    admin.get_by_label("Remove Dee Marl", exact=True).click()
    submit(admin, "Remove Dee Marl for good")
    heading(admin, "is the last admin")
    assert team.complaints == [] or all("403" in one or "400" in one for one in team.complaints)


@pytest.mark.parametrize("path", ["/login", "/account", "/members", "/add", "/publish"])
def test_pages_in_the_dark_on_a_telephone(path: str, team: Review) -> None:
    options = {"color_scheme": "dark", "viewport": {"width": 360, "height": 740}}
    member(team, "Ann Example", "admin")
    page = team.opened(path, **options) if path == "/login" else team.page(path, **options)  # type: ignore[arg-type]
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
