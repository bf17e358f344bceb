"""The states in which every page is looked at, each a database made by the services that users use."""

import base64
import hashlib
import io
import os
from collections.abc import Callable
from datetime import date, datetime, timedelta
from importlib.resources import as_file, files
from random import Random

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData
from rich.console import Console

from zhiben.clocks.public import enqueue
from zhiben.clocks.worker import Worker
from zhiben.config.demo import cast
from zhiben.config.demo.build import Shown, prepare
from zhiben.config.demo.history import picture_of
from zhiben.config.demo.scenes import scenes
from zhiben.dangers.domain.listing import PublicationKind
from zhiben.dangers.domain.standing_rules import RulesKind
from zhiben.dangers.models import Danger, Listing
from zhiben.dangers.public import (
    Channel,
    EvidenceKind,
    Given,
    Level,
    Move,
    NewDanger,
    Proof,
    move_danger,
    report_dangers,
    subject_of,
)
from zhiben.dangers.selectors.papers import papers_for
from zhiben.dangers.selectors.publications import preview_of
from zhiben.dangers.services.bulk import choose_dangers
from zhiben.dangers.services.laddering import sweep_ladder
from zhiben.dangers.services.papers import draft_paper
from zhiben.dangers.services.publications import draft_publication
from zhiben.dangers.services.regional import draft_rules, switch_on
from zhiben.documents.public import issue_document
from zhiben.documents.selectors.reading import Wanted
from zhiben.documents.services.printing import start_print
from zhiben.documents.services.templates import set_office
from zhiben.exchange.services.bringing import start_reading
from zhiben.exchange.services.exporting import start_export
from zhiben.exchange.services.uploading import received, upload_ledger
from zhiben.files.public import keep_file
from zhiben.journal.public import run_consumers
from zhiben.kernel.actor import SYSTEM, Actor
from zhiben.kernel.ids import uuid7
from zhiben.kernel.periods import local_day
from zhiben.law.codes import make_credit_code
from zhiben.law.ladders import ladder_template
from zhiben.orgs.domain.kinds import EngagementRole
from zhiben.orgs.domain.reorganising import Plan, Receiver, ReorganisationKind
from zhiben.orgs.models import Account, Department, Enterprise, Person, Unit
from zhiben.orgs.public import actor_of, grant_role, unit_at, unit_place
from zhiben.orgs.services.access import Holding, make_account, make_token
from zhiben.orgs.services.divisions import import_divisions
from zhiben.orgs.services.parties import NewEnterprise, edit_site, engage, register_enterprises
from zhiben.orgs.services.people import add_person, set_jurisdiction
from zhiben.orgs.services.reorganising import plan_reorganisation
from zhiben.orgs.services.roles import make_role
from zhiben.orgs.services.units import rename_unit
from zhiben.standards.pack_starts import STARTS
from zhiben.standards.services.packs import adopt_pack, review_pack, start_pack, submit_pack
from zhiben.standards.services.what_ifs import JOB, Wish
from zhiben.standards.trying import within

COUNTY = "510681"
MANY = 10_000
LONG_ZH = "超长名称示例四川天府新区成都片区国际合作园区新型危险化学品储存运输与综合利用安全生产标准化一级达标建设示范"
LONG_EN = "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft"
KEY_LIST = "example-key-items"
KEY_WORDS = {
    "zh: （名称）": "zh: 示例县岁末年初重点检查事项（建议）",
    "en: (title)": "en: Example county's key items for the turn of the year (proposal)",
    "zh: （发布机关）": "zh: 示例县应急管理局",
    "en: (who lists them)": "en: Emergency bureau of the example county",
    "zh: （检查事项）": "zh: 动火作业审批和现场监护",
    "en: (what to look at)": "en: Permits and fire watch of hot work",
    "zh: （怎么看）": "zh: 抽查当班动火作业票，核对气体检测时间、监护人和签字",
    "en: (how to look at it)": "en: Take the shift's hot-work permits, compare gas tests, fire watch and signatures",
    '（文号，或“建议”） number, or "proposal"': "建议稿",
}
WHAT_IF = Wish(editions=("gongmao-2017",))  # the edition before, as if it held again
SAMPLE = "隐患排查治理台账（示例）.xlsx"


def long_name(kind: str, serial: int = 1) -> str:
    """A name as long as offices give them, with a word in it that no line can break."""
    return f"{LONG_ZH}{LONG_EN}{kind}（第{serial}分部）"


def usual(now: datetime) -> None:
    """The example of `make demo`, with one of everything that users make besides."""
    prepare(Shown(Console(quiet=True)), now=now)
    furnish(now)


def first(now: datetime) -> None:
    """The day after the installation: logins, and nothing else."""
    nation = unit_at("/1/")
    roles = {"admin": "system_admin", "security": "security_admin", "auditor": "auditor", "province": "region_viewer",
             "county": "officer", "inspector": "inspector", "principal": "principal", "safety": "safety_manager",
             "worker": "worker"}  # fmt: skip
    cast.make_logins([cast.Login(name, role, name, unit=nation) for name, role in roles.items()], now=now)
    second_steps(now)


def empty(now: datetime) -> None:
    """Regions, a department, an enterprise and its people; nothing was found yet."""
    _place(now)


def many(now: datetime) -> None:
    """Ten thousand hidden dangers and ten thousand enterprises."""
    enterprise = _place(now)
    township = enterprise.registered_site.parent_id
    new = [_new(f"示例万企{n:05}有限公司", township, n) for n in range(2, MANY + 1)]
    for at in range(0, len(new), 1000):
        register_enterprises(new[at : at + 1000], actor=SYSTEM, now=now)
    today = local_day(now)
    told = [
        _told(enterprise, f"{n % 40 + 1}号车间护栏缺失（第{n}处）", today - timedelta(n % 300), f"{n % 40 + 1}号车间")
        for n in range(MANY)
    ]
    for at in range(0, MANY, 1000):
        report_dangers(told[at : at + 1000], actor=SYSTEM, now=now)
    _counted(now)


def long(now: datetime) -> None:
    """A small program in which every name is as long as it may be."""
    enterprise = _place(now, name=long_name)
    county = unit_at(COUNTY)
    for serial, unit in enumerate(
        Unit.objects.filter(path__startswith=county.path, kind__in=("county", "township")), 1
    ):
        rename_unit(unit.pk, long_name("镇", serial), actor=SYSTEM, now=now)
    edit_site(enterprise.registered_site_id, name=long_name("厂区"), address=long_name("大道"), actor=SYSTEM, now=now)
    others = register_enterprises(
        [_new(long_name("有限公司", n), enterprise.registered_site.parent_id, n) for n in range(2, 12)],
        actor=SYSTEM,
        now=now,
    )
    engage(
        others[0].pk,
        enterprise.registered_site_id,
        EngagementRole.CONTRACTOR,
        since=local_day(now),
        actor=SYSTEM,
        now=now,
    )
    _stories(enterprise, now, LONG_ZH + LONG_EN, LONG_ZH + LONG_EN)
    furnish(now)


def small(now: datetime) -> None:
    """A little of everything, made in seconds: what the tests walk through."""
    _stories(_place(now), now, "除尘器", "打磨车间")
    _papers(actor("county", now), now)
    _rules(actor("county", now), now)
    _offices(now)


WORLDS: dict[str, Callable[[datetime], None]] = {
    "usual": usual, "small": small, "empty": empty, "first": first, "long": long, "many": many,
}  # fmt: skip


def _place(now: datetime, name: Callable[[str], str] = lambda kind: f"示例{kind}") -> Enterprise:
    with as_file(files("zhiben.orgs") / "divisions") as folder:
        import_divisions(folder / "divisions-2023.csv.xz", under=COUNTY, actor=SYSTEM, now=now - timedelta(days=400))
    county = unit_at(COUNTY)
    general = cast.add_departments([county], unit_at(COUNTY[:4]), now=now)
    township = Unit.objects.filter(parent=county, kind="township").order_by("pk").first()
    (enterprise,) = register_enterprises([_new(name("机械有限公司"), township.pk, 1)], actor=SYSTEM, now=now)
    people = cast.Party(
        enterprise, scenes().kinds[0], [enterprise.registered_site], *cast.heads(enterprise, Random(1), now)
    )
    cast.make_logins(cast.logins(people, county, general[county.pk]), now=now)
    second_steps(now)
    return Enterprise.objects.select_related("registered_site").get(pk=enterprise.pk)


def _new(name: str, unit: int, serial: int) -> NewEnterprise:
    code = make_credit_code(COUNTY, serial)
    return NewEnterprise(
        name=name, unit=unit, credit_code=code, industries=("machinery",), employees=80, is_example=True
    )


def _counted(now: datetime) -> None:
    while run_consumers(now=now):
        pass


def actor(username: str, now: datetime) -> Actor:
    """One of the logins, with its grants."""
    return actor_of(Account.objects.get(username=username), now=now)


def _told(enterprise: Enterprise, text: str, day: date, place: str) -> NewDanger:
    site = enterprise.registered_site_id
    return NewDanger(unit_id=site, description=text, found_on=day, channel=Channel.INSPECTION, place_text=place)


def _home(one: Actor) -> Unit:
    return Department.objects.select_related("unit").get(pk=Person.objects.get(pk=one.person).department_id).unit


def _photo(danger: Danger, kind: EvidenceKind, now: datetime) -> Proof:
    place, stream = danger.place, io.BytesIO(picture_of("整改后"))
    kept = keep_file(
        stream,
        f"{LONG_EN}.jpg",
        subject=subject_of(danger.pk),
        place=place,
        unit_id=danger.unit_id,
        actor=SYSTEM,
        now=now,
    )
    return Proof(kind, kept.id)


def _stories(enterprise: Enterprise, now: datetime, thing: str, place: str) -> None:
    """Fourteen dangers in all states."""
    today, gong = local_day(now), Account.objects.get(username="worker").person_id
    words = [f"{thing}泄爆装置失效、护栏缺失、检修未挂牌上锁，第{n}处。" * (1 + n % 3) for n in range(14)]
    told = [_told(enterprise, text, today - timedelta(40 + n), place) for n, text in enumerate(words)]
    dangers = [
        Danger.unscoped.get(pk=one.id)
        for one in report_dangers(told, actor=actor("inspector", now), now=now - timedelta(days=40))
    ]
    for n, danger in enumerate(dangers):
        level = Level.MAJOR if n % 2 else Level.GENERAL
        then = now - timedelta(days=39 - n)
        if n < 2:
            continue
        _step(danger, Move.CONFIRM, then, level=level)
        if n < 4:
            continue
        _step(
            danger,
            Move.ORDER_LIMIT,
            then,
            owner=gong,
            due_on=today + timedelta(20 if n < 8 else -2),
            order=f"{place}〔2026〕1号",
        )
        if n >= 10:
            proofs = (_photo(danger, EvidenceKind.PHOTO_BEFORE, then), _photo(danger, EvidenceKind.PHOTO_AFTER, then))
            _step(danger, Move.SUBMIT, then, report=words[n], proofs=proofs)
    _counted(now)


def _step(danger: Danger, move: Move, now: datetime, **given: object) -> None:
    move_danger(danger.pk, move, Given(reason=LONG_ZH, **given), actor=SYSTEM, now=now)


def furnish(now: datetime) -> None:
    """One of everything that people make besides dangers: papers, rules, a list, plans, files in and out."""
    county = actor("county", now)
    if not Account.objects.filter(username="twice").exists():
        second_steps(now)
    _papers(county, now)
    _rules(county, now)
    _offices(now)
    _files(county, now)
    _packs(county, now)
    _what_if(county, now)
    Worker().run_once()
    _counted(now)


def _papers(county: Actor, now: datetime) -> None:
    department = Department.objects.get(pk=Person.objects.get(pk=county.person).department_id)
    set_office(
        department.pk,
        code="某应急",
        mark_zh=f"{department.name}文件",
        mark_en="Office of the county",
        actor=county,
        now=now,
    )
    made = []
    for danger in Danger.unscoped.filter(path__startswith=department.unit.path, enterprise__isnull=False).order_by(
        "-version"
    )[:60]:
        for paper in papers_for(county, danger)[:1]:
            made.append(draft_paper(danger.pk, paper, actor=county, now=now))
        if len(made) == 4:
            break
    for document in made[1:3]:
        issue_document(document, signer_account_id=county.id, actor=county, now=now)


def _rules(county: Actor, now: datetime) -> None:
    unit, today = _home(county), local_day(now)
    bodies = {RulesKind.LISTING: {}, RulesKind.LADDER: dict(ladder_template("default").body)}
    for kind, body in bodies.items():
        rules = draft_rules(kind, unit, body, template="default", basis="", actor=county, now=now)
        switch_on(rules.pk, today, version=rules.version, actor=county, now=now)
    sweep_ladder(now)
    for danger in Danger.unscoped.filter(
        path__startswith=unit.path, level="major", state__in=("confirmed", "rectifying"), is_listed=False
    )[:2]:
        given = Given(due_on=today + timedelta(days=20), order="挂牌〔2026〕1号", reason="逾期未整改")
        move_danger(danger.pk, Move.LIST, given, actor=SYSTEM, now=now)
    for listing in Listing.objects.order_by("pk")[:1]:
        preview = preview_of(listing.danger)
        draft_publication(
            listing.pk, PublicationKind.LISTING, place=preview.place.text, text=preview.text.text, actor=SYSTEM, now=now
        )


def _offices(now: datetime) -> None:
    admin, security = actor("admin", now), actor("security", now)
    home = _home(actor("county", now))
    two = list(Unit.objects.filter(parent=home, kind="township").order_by("-pk")[:2])
    set_jurisdiction(home.pk, "示例经济开发区", [unit.pk for unit in two], actor=admin, now=now)
    make_role("值班员", "Duty officer", ["danger:view", "danger:report", "unit:view"], actor=security, now=now)
    moves = tuple((below.pk, 0) for below in Unit.objects.filter(parent=two[1]))
    plan = Plan(ReorganisationKind.MERGE, (Receiver(unit=two[0].pk),), moves, ((two[1].pk, 0),))
    plan_reorganisation(plan, on=local_day(now) + timedelta(days=30), reason="川府函〔2026〕1号", actor=admin, now=now)
    officer = actor("county", now)
    fresh = Danger.unscoped.filter(path__startswith=home.path, state="registered").values_list("pk", flat=True)[:6]
    choose_dangers(fresh, actor=officer, now=now)
    make_token("值班大屏", actor=actor("county", now), now=now)


def _files(county: Actor, now: datetime) -> None:
    home = _home(county)
    with as_file(files("zhiben.exchange") / "samples") as folder, (folder / SAMPLE).open("rb") as stream:
        with received(stream, SAMPLE) as upload:
            batch = upload_ledger(upload, home, actor=county, now=now)
        start_reading(batch.pk, actor=county, now=now)
    start_export("dangers", "xlsx", "", language="zh-hans", actor=county, now=now)
    start_print(Wanted(), language="zh-hans", actor=county, now=now)


def _packs(county: Actor, now: datetime) -> None:
    """A region's list of key items, passed by two others and adopted."""
    text = STARTS["key_items"].replace("{slug}", KEY_LIST)
    for old, new in KEY_WORDS.items():
        text = text.replace(old, new)
    draft = start_pack(_home(county), "key_items", KEY_LIST, text, actor=county, now=now)
    submit_pack(KEY_LIST, draft.number, seen=draft.changes, actor=county, now=now)
    for reviewer in ("inspector", "twice"):
        told = {"digest": draft.digest, "is_passed": True, "words": ""}
        review_pack(KEY_LIST, draft.number, **told, actor=actor(reviewer, now), now=now)
    adopt_pack(KEY_LIST, draft.number, local_day(now), digest=draft.digest, actor=county, now=now)


def _what_if(county: Actor, now: datetime) -> None:
    """An edition compared by the worker: a page leaves it to one only where more enterprises are concerned."""
    home, wish = _home(county), WHAT_IF
    told = {"unit": home.pk, **wish.as_json(), "day": local_day(now).isoformat()}
    enqueue(JOB, told, key=f"{JOB}/{uuid7()}", total=within(county, home).count(), place=unit_place(home), actor=county,
            now=now)  # fmt: skip


def second_steps(now: datetime) -> None:
    """An officer who set up everything: an app, a passkey, recovery codes."""
    like = Account.objects.get(username="county")
    home = like.role_grants.get()
    person = add_person("两步验证", department_id=like.person.department_id, actor=SYSTEM, now=now)
    account = make_account(
        "twice", cast.PASSWORD, person_id=person.pk, is_demo=True, must_change=False, actor=SYSTEM, now=now
    )
    grant_role(account.pk, Holding("officer", unit=home.unit_id), actor=SYSTEM, now=now)
    TOTP.activate(account, generate_totp_secret())
    RecoveryCodes.activate(account)
    Authenticator.objects.create(
        user=account, type="webauthn", created_at=now, data={"name": "值班手机", "credential": credential("localhost")}
    )


def credential(domain: str) -> dict:
    """A passkey as a device hands it over, of no maker."""
    key = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    mine = AttestedCredentialData.create(b"\0" * 16, number := os.urandom(16), key)
    seen = AuthenticatorData.create(hashlib.sha256(domain.encode()).digest(), 0x45, 0, mine)
    text = [base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in
            (number, AttestationObject.create("none", seen, {}), b'{"type":"webauthn.create","challenge":"","origin":""}')]  # fmt: skip
    return {
        "id": text[0], "rawId": text[0], "type": "public-key", "clientExtensionResults": {"credProps": {"rk": True}},
        "response": {"attestationObject": text[1], "clientDataJSON": text[2]},
    }  # fmt: skip
