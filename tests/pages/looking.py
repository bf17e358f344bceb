"""A browser that walks the pages of the catalogue, one after another, and says what is wrong with each."""

import contextlib
import os
import re
import time
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlencode

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, Error, sync_playwright
from playwright.sync_api import Page as Tab

from pages.catalogue import NOBODY, PAGES, address, kept
from zhiben.orgs.models import Account

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright runs a loop in this thread
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
LOCALES = {"zh": "zh-CN", "en": "en-US"}
HEIGHTS = {1440: 900, 390: 844}
PAPER = 794
PASSWORD = "zhiben-demo"
NONSENSE = urlencode(
    {
        "q": "']\"><b>%00",
        "after": "x",
        "before": "-",
        "from": "2026-13-99",
        "level": "?",
        "unit": "0",
        "sort": "-nothing",
    }
)
# English words that stand in Chinese pages on purpose: names, units, kinds of files, what keys are called.
LATIN = re.compile(r"[A-Za-z]{4,}(?: [A-Za-z]{2,}){2,}")
HAN = re.compile(r"[\u4e00-\u9fff]")
# What no page says to people: names of code, a value that is none, a number in the place of a name.
RAW = re.compile(
    r"\b[a-z]+(?:_[a-z0-9]+)+\b|(?<![\w/.-])[a-z][a-z-]+:[a-z][a-z-]+\b|\b[a-z]+/[1-9]\d*\b|\b[a-z]+-20\d\d\b|\bTrue\b|\bFalse\b|\bnan\b|%\(|\{\{"
    r"|(?:人员|账号|单位|企业|部门|隐患|person|account|unit|enterprise|department|hidden danger) [1-9]\d{0,4}\b(?![-\d]| *[\d%:,个件条项家])"
)
EMPTY_CARDS = """() => [...document.querySelectorAll('main .card')].filter((card) => {
  const head = card.querySelector('.card-head, .card-header, h2, h3');
  const rest = [...card.querySelectorAll('*')].filter((e) => !head?.contains(e) && !e.contains(head) && e.checkVisibility?.()
    && (e.matches('input:not([type=hidden]), select, textarea, img, canvas, svg, button')
      || [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim())));
  return head && card.checkVisibility() && head.checkVisibility() && !rest.length;
}).map((card) => card.innerText.trim().slice(0, 60))"""
PAST = """() => [...document.querySelectorAll('a, button, input:not([type=hidden]), select, textarea, summary')].filter((e) => {
  if (!e.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false;
  if (e.closest('dialog:not([open])')) return false;
  const box = e.getBoundingClientRect();
  return box.width > 1 && box.height > 1 && (box.right > innerWidth + 1 || box.left < -1) && !e.classList.contains('skip')
    && !e.closest('.tabs, .sheet-scroll, .cell-clip, .cell-short') && getComputedStyle(e.closest('thead') || e).clipPath === 'none';
}).map((e) => (e.innerText || e.name || e.className).trim().slice(0, 40))"""
# Where the words of a number's cell end, and those of its heading: digits stand below each other.
ASKEW = r"""() => { const end = (cell) => { const range = document.createRange(), ends = [];
    const words = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    while (words.nextNode()) if (words.currentNode.data.trim()) { range.selectNodeContents(words.currentNode);
      ends.push(...[...range.getClientRects()].filter((box) => box.width > 0).map((box) => box.right)); }
    return ends.length && Math.max(...ends); };
  const told = new Set();
  for (const table of document.querySelectorAll('main table.rows')) {
    const heads = [...table.querySelectorAll('thead th')];
    if (!heads.some((head) => head.checkVisibility() && head.getBoundingClientRect().width > 1)) continue;
    for (const row of table.querySelectorAll('tbody tr')) [...row.cells].forEach((cell, at) => {
      const head = heads[at];
      if (row.cells.length !== heads.length || !cell.matches('.num') || !head.matches('.num') || !end(cell) || !end(head)) return;
      if (getComputedStyle(cell).textAlign !== 'right') return;  // on a phone rows are cards
      const words = cell.innerText.trim();
      if (/^[-+−]?[\d,. %]+$/.test(words) && Math.abs(parseFloat(getComputedStyle(cell).paddingRight)
          - (cell.getBoundingClientRect().right - end(cell))) > 1.5) told.add(head.innerText.trim());
    }); }
  return [...told]; }"""
EXPORTED = """() => document.querySelector('main .empty') && !document.querySelector('main table.rows') && [...document.querySelectorAll(
  'main a[href*="/export"], main button[name=form]')].some((e) => e.checkVisibility())"""
NO_REASON = """() => { const title = document.querySelector('main h1')?.innerText.trim();
  return [...document.querySelectorAll('.toast-late')].some((line) => line.innerText.replace('×', '').trim() === title); }"""
WORDS = """() => { const main = (document.querySelector('main') || document.body).cloneNode(true);
  main.querySelectorAll('code, pre, textarea, script, style, template, .told').forEach((e) => e.remove());
  return main.textContent; }"""


def signed_in(account: Account, *, sure: bool) -> str:
    """A session of this account; `sure`: it just proved once more who it is."""
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    if sure:
        session["account_authentication_methods"] = [{"method": "password", "at": time.time(), "reauthenticated": True}]
        session["account_authentication_methods_user"] = str(account.pk)
    session.create()
    return session.session_key


class Looker:
    """One browser and one server on the database at hand."""

    def __init__(self, out: Path | None, *, is_tall: bool = False, browser: Browser | None = None) -> None:
        self.out, self.seen, self.is_tall, self.browser = out, [], is_tall, browser
        self._stack = contextlib.ExitStack()

    def __enter__(self) -> Self:
        self.server = LiveServerThread("localhost", StaticFilesHandler, {}, port=0)
        self.server.daemon = True
        self.server.start()
        self.server.is_ready.wait()
        if self.server.error:
            raise self.server.error
        self.url = f"http://localhost:{self.server.port}"
        if self.browser is None:
            play = self._stack.enter_context(sync_playwright())
            self.browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            self._stack.callback(self.browser.close)
        return self

    def __exit__(self, *_problem: object) -> None:
        self._stack.close()
        self.server.terminate()

    def walk(self, state: str, language: str, width: int, *, only: list[str], axe: bool) -> None:
        """Look at every page once, each person in a window of their own."""
        windows: dict[str, Tab] = {}
        if self.out:
            (self.out / state).mkdir(parents=True, exist_ok=True)
        for name in PAGES:
            if name not in only:
                continue
            who = PAGES[name].who
            account = Account.objects.filter(username=who.partition(":")[0]).first()
            where = address(name, account) if account or who == NOBODY else None
            put = kept(name, account)
            where = where if put is not None else None
            row: dict[str, Any] = {
                "page": name,
                "state": state,
                "language": language,
                "width": width,
                "file": "",
                "address": where,
                "wrong": [],
            }
            self.seen.append(row)
            if where is None:
                continue
            tab = windows.get(who) or windows.setdefault(who, self._window(who, account, language, width, state))
            if put:
                keep(tab, put)
            try:
                self._look(tab, name, where, row, axe=axe)
            except Error as problem:  # the others are looked at all the same
                row["wrong"].append(f"not drawn: {str(problem)[:150]}")
        for tab in windows.values():
            tab.context.close()

    def _window(self, who: str, account: Account | None, language: str, width: int, state: str) -> Tab:
        height = HEIGHTS.get(width, 1123)
        context = self.browser.new_context(
            locale=LOCALES[language], viewport={"width": width, "height": height}, base_url=self.url
        )
        context.set_default_timeout(10_000)
        if account and not who.endswith(":half"):
            key = signed_in(account, sure=who.endswith(":sure"))
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": self.url}])
        tab = context.new_page()
        if state == "print":
            tab.emulate_media(media="print")
        tab.complaints = []
        tab.on("console", lambda said: tab.complaints.append(said.text) if said.type == "error" else None)
        tab.on("pageerror", lambda error: tab.complaints.append(str(error)))
        if account and who.endswith(":half"):
            tab.goto("/accounts/login/")
            tab.fill("input[name=login]", account.username)
            tab.fill("input[name=password]", PASSWORD)
            tab.press("input[name=password]", "Enter")
            tab.wait_for_url(lambda at: "/login/" not in at)
        return tab

    def _look(self, tab: Tab, name: str, where: str, row: dict[str, Any], *, axe: bool) -> None:
        tab.complaints.clear()
        began = time.monotonic()
        if row["state"] == "error":
            where += ("&" if "?" in where else "?") + NONSENSE
        if not opened(tab, name, where):
            return
        row["seconds"] = round(time.monotonic() - began, 2)
        if row["state"] == "error":
            refuse(tab)
        row["wrong"] = wrongs(tab, row["width"], row["language"], axe=axe, is_error=row["state"] == "error")
        if self.out:
            row["file"] = f"{row['state']}/{name.replace(':', '-')}-{row['language']}-{row['width']}.png"
            tab.screenshot(path=self.out / row["file"], full_page=self.is_tall or row["state"] == "print")


def keep(tab: Tab, put: dict[str, Any]) -> None:
    """Put something into the session of a window."""
    key = next(one["value"] for one in tab.context.cookies() if one["name"] == settings.SESSION_COOKIE_NAME)
    session = SessionStore(key)
    session.update(put)
    session.save()


def opened(tab: Tab, name: str, where: str) -> bool:
    """Go to a page; one that answers a form, by a form. Tell whether a page came: a form may give a file."""
    if PAGES[name].is_posted:
        tab.goto("/")
        send = """(where) => { const form = document.createElement('form'); form.method = 'post'; form.action = where;
            const token = document.createElement('input'); token.type = 'hidden'; token.name = 'csrfmiddlewaretoken';
            token.value = document.querySelector('meta[name=csrf-token]').content; form.append(token);
            document.body.append(form); form.submit(); }"""
        try:
            with tab.expect_navigation():
                tab.evaluate(send, where)
        except Error as problem:
            if "ERR_ABORTED" in str(problem):
                return False
            raise
    else:
        tab.goto(where)
    if tab.locator("[data-chart]").count():
        tab.locator("[data-chart][data-ready]").first.wait_for(timeout=5000)
    return True


def refuse(tab: Tab) -> None:
    """Send the page's first form empty, past what the browser would hold back."""
    form = "main form[method=post]:not([data-again])"
    can = tab.evaluate(
        """(which) => { const form = document.querySelector(which);
        if (!form || form.closest('dialog') || !form.querySelector('input:not([type=hidden]), select, textarea')) return false;
        form.noValidate = true;
        form.querySelectorAll('input, textarea').forEach((e) => {
          if (!['hidden', 'checkbox', 'radio', 'file'].includes(e.type)) e.value = ''; });
        return true; }""",
        form,
    )
    if can:
        with tab.expect_response(lambda answer: answer.request.method == "POST"):
            tab.evaluate("(which) => document.querySelector(which).requestSubmit()", form)
        tab.wait_for_timeout(500)
        tab.wait_for_load_state("networkidle")


def wrongs(tab: Tab, width: int, language: str, *, axe: bool, is_error: bool = False) -> list[str]:
    """What is wrong with the page that stands open."""
    found = [] if is_error else [f"console: {said[:150]}" for said in tab.complaints]
    wide = tab.evaluate("document.documentElement.scrollWidth")
    if wide > width:
        found.append(f"{wide} px wide")
    title = tab.title()
    if re.search(r"Error at|Exception|Traceback|Not Found", title) or "DEBUG = True" in tab.content():
        found.append(f"broken: {title[:100]}")
    words = tab.evaluate("(document.querySelector('main') || document.body).innerText")
    found += foreign(words, language)
    if not is_error:
        found += [f"nothing under: {text}" for text in tab.evaluate(EMPTY_CARDS)]
        found += [f"raw: {text}" for text in sorted(set(RAW.findall(tab.evaluate(WORDS))))[:6]]
    found += [f"not below each other: {text}" for text in tab.evaluate(ASKEW)[:4]]
    found += ["refused without a reason"] if tab.evaluate(NO_REASON) else []
    found += ["an export of nothing"] if tab.evaluate(EXPORTED) else []
    if width != PAPER:
        found += [f"past the edge: {text}" for text in tab.evaluate(PAST)[:4]]
    if axe:
        said = Axe().run(tab).response["violations"]
        found += [
            f"axe {rule['id']}: {rule['nodes'][0]['html'][:120]}"
            for rule in said
            if rule["impact"] in {"serious", "critical"}
        ]
    return found


def foreign(words: str, language: str) -> list[str]:
    """Sentences of the other language. Names and what people wrote stay as they are, so only the frame is judged."""
    if language == "zh":
        return [f"English: {text}" for text in LATIN.findall(words)[:3]]
    return []
