"""Beside the law: a guide, a link that waits for a second person, a region's pack in review, and the overview."""

from collections.abc import Mapping
from datetime import datetime

from zhiben.kernel.actor import Actor
from zhiben.orgs.models import Unit
from zhiben.standards.pack_starts import STARTS
from zhiben.standards.services.knowledge import confirm_link, make_link, write_guide
from zhiben.standards.services.packs import review_pack, start_pack, submit_pack
from zhiben.standards.services.surveying import survey_population

CASE = ("gongmao-2023", "3(2)")
SLUG = "example-county-extra"
WORDS = {
    "zh: （名称）": "zh: 示例县特种作业补充判定（建议）",
    "en: (title)": "en: Example county's additions on special operations (proposal)",
    "zh: （发布机关）": "zh: 示例县应急管理局",
    "en: (who issues it)": "en: Emergency bureau of the example county",
    '（文号，或“建议”） number, or "proposal"': "建议稿",
}


def add(actors: Mapping[str, Actor], county: Unit, *, now: datetime) -> None:
    """Let the officer write, and the inspector review and confirm: one more person is needed for either."""
    officer, inspector = actors["county"], actors["inspector"]
    zh = "核对特种作业操作证原件，用手机扫码查询真伪和有效期；看作业类别与实际作业是否一致。"
    en = "See the certificate itself, look it up by its code: valid, and for the kind of work that is done."
    write_guide(county, *CASE, zh, en, seen=0, actor=officer, now=now)
    link = make_link(county, *CASE, "danger", "电焊工未持证上岗", actor=officer, now=now)
    confirm_link(link, actor=inspector, now=now)
    text = STARTS["standards"].replace("{slug}", SLUG)
    for old, new in WORDS.items():
        text = text.replace(old, new)
    draft = start_pack(county, "standards", SLUG, text, actor=officer, now=now)
    submit_pack(SLUG, draft.number, seen=draft.changes, actor=officer, now=now)
    review_pack(SLUG, draft.number, digest=draft.digest, is_passed=True, words="", actor=inspector, now=now)
    survey_population(now=now)
