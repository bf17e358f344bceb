"""The example's cast: whole, plainly named as examples, with valid codes."""

from zhiben.config.demo.scenes import scenes
from zhiben.law.codes import is_credit_code, make_credit_code
from zhiben.orgs.domain.industries import BIT


def test_there_are_about_four_hundred_enterprises_of_many_industries():
    kinds = scenes().kinds
    assert 380 <= sum(kind.count for kind in kinds) <= 420
    assert {slug for kind in kinds for slug in kind.industries} <= set(BIT)
    assert len({slug for kind in kinds for slug in kind.industries}) > 20


def test_every_kind_has_dangers_of_its_own():
    assert {kind.slug for kind in scenes().kinds} == set(scenes().dangers) - {"common"}


def test_example_codes_are_valid_and_plainly_invented():
    assert all(is_credit_code(make_credit_code("510603", serial)) for serial in range(1, 401))
