"""Passkeys in Chromium with an authenticator of its own: added, used alone, used as the second step, removed."""

import pytest
from allauth.mfa.models import Authenticator
from browsing import IN_A_BROWSER, listen

from zhiben.journal.public import history

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
pytestmark = IN_A_BROWSER


@pytest.fixture
def page(chromium, live_server, cast):
    context = chromium.new_context(locale="zh-CN", base_url=live_server.url, viewport={"width": 390, "height": 844})
    context.set_default_timeout(8000)
    page = listen(context.new_page())
    yield page
    assert page.complaints == []
    context.close()


@pytest.fixture
def device(page):
    """An authenticator of the browser; what is changed about it is said by `tell`."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    number = session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})["authenticatorId"]

    def tell(command, **facts):
        return session.send(f"WebAuthn.{command}", {"authenticatorId": number, **facts})

    return tell


def sign_in(page):
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill("li")
    page.locator("input[name=password]").fill("secret")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "/accounts/login/" not in address)


def add_passkey(page, name, *, alone=True):
    page.goto("/accounts/2fa/webauthn/add/")
    page.get_by_label("密码").fill("secret")  # what protects the account is changed only by whoever proves it again
    page.get_by_role("button", name="继续").click()
    page.get_by_label("名称").fill(name)
    page.get_by_label("单独用它登录").set_checked(alone)
    page.get_by_role("button", name="添加", exact=True).click()
    page.get_by_text("通行密钥已添加").wait_for()


def sign_out(page):
    page.context.clear_cookies()


def test_a_passkey_is_added_signs_in_alone_is_renamed_and_removed(page, device, cast):
    sign_in(page)
    add_passkey(page, "我的手机")
    assert page.url.endswith("/recovery-codes/")  # the first step brings its recovery codes along
    assert page.locator(".codes li").count() == 10
    sign_out(page)
    page.goto("/accounts/login/?next=/dangers/")
    page.get_by_role("button", name="用通行密钥登录").click()
    page.wait_for_url(lambda address: "/accounts/" not in address)
    page.goto("/accounts/2fa/webauthn/")
    assert "可免密码登录" in page.inner_text("main")
    page.get_by_role("link", name="改名").click()
    page.get_by_role("link", name="使用通行密钥").click()  # once more, and not by password
    page.get_by_role("button", name="使用通行密钥").click()
    page.get_by_label("名称").fill("值班手机")
    page.get_by_role("button", name="保存").click()
    page.get_by_text("值班手机").wait_for()
    page.get_by_role("link", name="移除").click()
    page.get_by_role("button", name="移除").click()
    page.get_by_text("还没有通行密钥").wait_for()
    assert not Authenticator.objects.filter(type="webauthn").exists()
    told = [line.code for line in history(f"account/{cast.li.account.pk}")]
    assert {"account:step-added", "account:step-removed"} <= set(told)
    sign_out(page)
    page.goto("/accounts/login/")
    page.get_by_role("button", name="用通行密钥登录").click()
    page.get_by_text("这里不认识这个通行密钥").wait_for()


def test_a_passkey_is_the_second_step_after_the_password(page, device, cast):
    sign_in(page)
    add_passkey(page, "安全密钥", alone=False)
    sign_out(page)
    sign_in(page)
    assert page.url.endswith("/2fa/authenticate/")
    page.get_by_role("button", name="使用通行密钥").click()
    page.wait_for_url(lambda address: "/2fa/" not in address)
    assert page.locator(".shell").count() == 1


def test_a_device_that_does_not_answer_leaves_a_sentence_and_another_try(page, device, cast):
    page.goto("/accounts/login/")
    device("setUserVerified", isUserVerified=False)
    page.get_by_role("button", name="用通行密钥登录").click()
    page.get_by_text("设备没有应答").wait_for()
    assert page.get_by_role("button", name="用通行密钥登录").is_enabled()


def test_an_address_in_numbers_says_that_passkeys_need_a_name(page, live_server):
    page.goto(live_server.url.replace("localhost", "127.0.0.1") + "/accounts/login/")
    assert page.get_by_role("button", name="用通行密钥登录").is_disabled()
    assert "用域名" in page.inner_text("main")
