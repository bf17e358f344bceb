"""Ten questions answered on a phone of 390 px over a slow network: taps, and seconds of the machine.

    python bench/ask_on_phone.py

A safety manager opens the page and answers what is asked: yes, no, none, a number, once *don't know*, once with a photo.
Chromium's own throttling stands for the network (400 kbit/s down and up, 400 ms a round trip). The seconds are what machine
and network take; a person adds their own (`person` says how it is reckoned). `jumped_px` is how far the answers moved.
"""

import json
import tempfile
import time
from pathlib import Path

from _load import serving
from report_on_phone import FLAGS, NETWORK, photo, prepare

GOAL = 180
QUESTIONS = 10
PERSON = {"open the page": 2, "read and decide, each": 8, "aim and take the photo": 8, "type a number": 3}


def opened(context, address):
    """Open the page over the slow network."""
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", NETWORK)
    page.goto(address, wait_until="domcontentloaded")
    page.locator("html.js").wait_for()
    return page


def take_photo(page, picture):
    """Put a photo to the question; the page makes it smaller first."""
    page.locator("input[name=photos]").set_input_files(str(picture))
    page.locator(".drop-list li").wait_for()
    return 2


def give_answer(page, at):
    """Answer as a person would; return the taps and whether a number was typed."""
    if at == 3:
        page.locator("button[name=unknown]").click()
        return 1, False
    if page.locator("input[name=value]").count() and not (at % 2 and page.locator("button[name=zero]").count()):
        page.locator("input[name=value]").fill("2")
        page.keyboard.press("Enter")
        return 2, True
    zero = page.locator("button[name=zero]")
    (zero if zero.count() else page.locator(".btn-answer").nth(1)).click()
    return 1, False


def answered(page, picture):
    """Go through the round; return what it took."""
    taps, typed, seconds, tops = 0, 0, [], set()
    for at in range(QUESTIONS):
        tops.add(round(page.locator(".answers").evaluate("e => e.getBoundingClientRect().bottom")))
        shown = page.locator("input[type=hidden][name=name]").get_attribute("value")
        if at == 1:
            taps += take_photo(page, picture)
        began = time.monotonic()
        more, number = give_answer(page, at)
        page.wait_for_function("n => document.querySelector('[name=name]')?.value !== n", arg=shown)
        seconds.append(round(time.monotonic() - began, 2))
        taps, typed = taps + more, typed + number
        if not page.locator(".answers").count():
            break
    return {"questions": len(seconds), "taps": taps, "numbers_typed": typed, "seconds_each": seconds,
            "jumped_px": max(tops) - min(tops)}  # fmt: skip


def main():
    """Print one line of JSON."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory(prefix="zhiben-bench-") as name:
        folder = Path(name)
        session = prepare(folder, "wang")
        port = 8732
        address = f"http://127.0.0.1:{port}"
        with serving("zhiben.config.wsgi", port), sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
            context = browser.new_context(
                viewport={"width": 390, "height": 844}, locale="zh-CN", has_touch=True, is_mobile=True
            )
            context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
            began = time.monotonic()
            page = opened(context, f"{address}/enterprises/{enterprise()}/next/")
            ready = time.monotonic()
            told = answered(page, photo(folder))
            ended = time.monotonic()
            said = page.locator("#ask").inner_text().split("\n")[0]
            browser.close()
    person = PERSON["open the page"] + PERSON["read and decide, each"] * told["questions"]
    person += PERSON["aim and take the photo"] + PERSON["type a number"] * told["numbers_typed"]
    machine = round(ended - began, 1)
    print(json.dumps({
        "bench": "ask_on_phone",
        "network": "400 kbit/s down and up, 400 ms round trip",
        **told,
        "open_seconds": round(ready - began, 1),
        "seconds": machine,
        "person_seconds_reckoned": {**PERSON, "in all": person},
        "seconds_with_person": round(machine + person, 1),
        "said_at_the_end": said,
        "goal_seconds": GOAL,
        "met": machine + person <= GOAL and told["jumped_px"] == 0,
        "note": "seconds of machine and network were measured; those of the person are reckoned, not measured",
    }, ensure_ascii=False))  # fmt: skip


def enterprise():
    """Return the enterprise of the one who answers."""
    from django.contrib.auth import get_user_model

    return get_user_model().objects.get(username="wang").person.enterprise_id


if __name__ == "__main__":
    main()
