"""Each function of the handbook is found in the module where a safety engineer would look for it."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from zhiben.law.cli import main
from zhiben.law.functions import FUNCTIONS, MODULES

DOCS = Path(__file__).parents[2] / "docs" / "law"
OFFERED = {  # the functions of the handbook's list, where they are looked for
    "assessment": "lec ls mes direct_major lopa area_colour code_2025 code_industry rate_gdp rate_mt rate_thousand "
    "work_value_loss type_carried_over accident_type hazard_factor matrix_class record_form record_missing "
    "hazop_deviations direct_loss loss_thousand",
    "hazard_sources": "gb18218 alpha r_level find_substance",
    "deadlines": "quarter_report_due annual_report_due recheck_due restore_review_due extension_window "
    "principal_check_due plan_complete hazard_rates stock_increment",
    "supervision": "enterprise_colour enforcement_stats safety_staff_rule inspection_plan",
    "training": "training_hours cert_dates principal_assess_due special_operation special_operation_catalogue",
    "emergency": "drill_min evac_drill_min plan_review_due",
    "permits": "permit_end gas_ok oxygen_ok reanalysis_needed height_grade lift_grade hot_work_upgrade gas_sample_fresh "
    "approver large_works power_line_distance pipeline_zone",
    "gases": "gas_alarm_flammable gas_alarm_toxic o2_alarm mgm3_to_ppm ch4_sensor",
    "alarms": "alarm_flood chattering stale alarm_rate_band",
    "tailings": "dry_beach tailings_grade",
    "power": "power_watch",
    "penalties": "accident_grade unit_fine principal_income_fine daily_fine late_penalty closure_trigger report_deadlines "
    "supplement_deadline investigation_due publish_due_workdays ban_until fine_range",
    "discretion": "discretion_range benchmark_fine",
    "rewards": "reward report_due",
    "funds": "fund_unit fund_tier fund_percent fund_pause",
    "rating": "std_grade std_expiry dishonest_list insurance_min",
    "codes": "uscc_check uscc_valid org_check id_check id_valid division_level industry_letter",
    "calendar": "is_offday add_workdays",
}


@pytest.mark.parametrize(("module", "names"), OFFERED.items(), ids=OFFERED)
def test_a_module_offers_the_functions_looked_for_there(module, names):
    found = import_module(f"zhiben.law.{module}")
    for name in names.split():
        assert name in found.__all__
        assert getattr(found, name) is FUNCTIONS[name].run
        assert MODULES[name] == module


def test_every_function_is_offered_by_one_module():
    assert set(MODULES) == set(FUNCTIONS)
    offered = [
        name for module in sorted(set(MODULES.values())) for name in import_module(f"zhiben.law.{module}").__all__
    ]
    assert len(offered) == len(set(offered)) == len(FUNCTIONS)


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_its_page_tells_where_it_is_imported_from(name):
    page = (DOCS / "functions" / f"{name}.md").read_text(encoding="utf-8")
    assert f"from zhiben.law.{MODULES[name]} import {name}" in page


def test_the_index_tells_the_modules_and_so_does_the_command(capsys):
    index = (DOCS / "index.md").read_text(encoding="utf-8")
    for module in set(MODULES.values()):
        assert f"`zhiben.law.{module}`" in index
    assert main(["call", "--json"]) == 0
    assert '"module": "deadlines"' in capsys.readouterr().out


def test_a_module_imported_alone_answers():
    told = (
        "from zhiben.law.deadlines import recheck_due; from datetime import date; print(recheck_due(date(2025, 6, 20)))"
    )
    done = subprocess.run([sys.executable, "-c", told], check=False, capture_output=True, text=True)
    assert "datetime.date(2025, 6, 30)" in done.stdout, done.stderr
