"""Settings are read once, documented, and fail loudly."""

import dataclasses
import re
from pathlib import Path

import pytest

from zhiben.config.databases import database
from zhiben.config.env import ROOT, BadSetting, read

DOCUMENT = ROOT / "docs" / "reference" / "settings.md"
SOURCE = ROOT / "src" / "zhiben" / "config" / "env.py"


def test_every_setting_is_documented_and_no_other():
    read_by_code = set(re.findall(r'"((?:ZHIBEN_[A-Z_]+|DATABASE_URL))"', SOURCE.read_text()))
    documented = set(re.findall(r"^\| `([A-Z_]+)`", DOCUMENT.read_text(), re.MULTILINE))
    assert read_by_code == documented


def test_nonsense_is_refused_by_name(tmp_path):
    with pytest.raises(BadSetting, match="ZHIBEN_DEBUG"):
        read({"ZHIBEN_DEBUG": "maybe", "ZHIBEN_VAR": str(tmp_path)})
    with pytest.raises(BadSetting, match="DATABASE_URL"):
        database("mysql://x")
    with pytest.raises(BadSetting, match="ZHIBEN_WECOM_URL") as refused:
        read({"ZHIBEN_WECOM_URL": "file:///hush", "ZHIBEN_VAR": str(tmp_path)})
    assert "hush" not in str(refused.value)
    with pytest.raises(BadSetting, match="ZHIBEN_SMS_BODY"):
        read({"ZHIBEN_SMS_BODY": "[1]", "ZHIBEN_VAR": str(tmp_path)})


def test_a_secret_is_made_once_and_only_the_owner_reads_it(tmp_path):
    first, second = (read({"ZHIBEN_VAR": str(tmp_path)}) for _ in range(2))
    assert first.secret_key == second.secret_key
    assert len(first.secret_key) > 60
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


def test_a_secret_may_stand_in_a_file(tmp_path):
    (tmp_path / "key").write_text("from-a-file\n")
    assert (
        read({"ZHIBEN_SECRET_KEY_FILE": str(tmp_path / "key"), "ZHIBEN_VAR": str(tmp_path)}).secret_key == "from-a-file"
    )


def test_secrets_do_not_show_when_the_settings_are_printed(tmp_path):
    env = read({"ZHIBEN_SECRET_KEY": "hush", "DATABASE_URL": "postgres://u:hush@h/d", "ZHIBEN_VAR": str(tmp_path)})
    assert "hush" not in repr(env)
    hidden = {f.name for f in dataclasses.fields(env) if not f.repr}
    assert hidden == {
        "secret_key", "database_url", "email_url", "spark",
        "sms_url", "sms_body", "sms_secret", "wecom_url", "dingtalk_url", "dingtalk_secret",
    }  # fmt: skip


def test_urls_name_either_database():
    assert database("sqlite:////tmp/x.sqlite3")["NAME"] == "/tmp/x.sqlite3"
    assert database("postgres://u:p%40@h:5433/d")["PASSWORD"] == "p@"
    assert database("postgres://u@h/d")["OPTIONS"]["prepare_threshold"] == 3
    assert database("postgres://u@h/d?prepare=no")["OPTIONS"]["prepare_threshold"] is None
    assert Path(database("sqlite:///var/x.sqlite3")["NAME"]) == Path("var/x.sqlite3")
