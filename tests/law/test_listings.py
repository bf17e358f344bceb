"""Templates of listed supervision and of the ladder."""

import doctest
from datetime import date

import pytest

from zhiben.kernel.errors import NotFound
from zhiben.law import listings, store
from zhiben.law.instruments import citation
from zhiben.law.ladders import ladder_template, ladder_templates
from zhiben.law.listings import Authority, ListingClock, Span, templates, terms_of

DAY = date(2026, 2, 10)


def test_the_examples_in_the_docstrings_hold():
    found = doctest.testmod(listings)
    assert found.attempted
    assert not found.failed


@pytest.mark.parametrize("name", sorted(store.documents("listings")))
def test_a_template_answers_its_own_examples(name):
    for example in store.documents("listings")[name]["examples"]:
        terms = terms_of(name, Authority(example.get("authority", "province")), date.fromisoformat(example["day"]))
        due = terms[ListingClock(example["kind"])].day(date.fromisoformat(example["start"]))
        assert due == date.fromisoformat(example["due"]), example


def test_the_default_comes_first_and_sets_all_but_the_report_to_the_office_above():
    assert next(iter(templates())) == "default"
    assert set(ListingClock) - set(terms_of("default", Authority.COUNTY, DAY)) == {ListingClock.REPORT}


def test_each_level_of_authority_has_its_own_longest_limit():
    longest = [terms_of("default", level, DAY)[ListingClock.LIMIT].day(DAY) for level in Authority]
    assert longest == sorted(longest, reverse=True)
    assert len(set(longest)) == 4


def test_a_template_takes_from_the_default_what_it_leaves_out_and_says_so():
    terms = terms_of("hubei", Authority.CITY, DAY)
    assert (terms[ListingClock.REVIEW].template, terms[ListingClock.REVIEW].span) == ("hubei", Span.DAY)
    assert terms[ListingClock.PUBLISH].template == "default"


def test_a_template_with_one_limit_holds_it_for_every_level():
    limits = {terms_of("qingdao", level, DAY)[ListingClock.LIMIT] for level in Authority}
    assert [(limit.value, limit.span) for limit in limits] == [(12, Span.MONTH)]


@pytest.mark.parametrize("name", sorted(store.documents("listings")))
def test_a_number_has_a_source_or_is_to_be_checked(name):
    for term in terms_of(name, Authority.COUNTY, DAY).values():
        assert term.verify or term.source
        if term.source:
            assert citation(term.source).zh


def test_an_unknown_template_is_refused_with_the_names_there_are():
    with pytest.raises(NotFound, match="listing:no-template"):
        terms_of("nowhere", Authority.CITY, DAY)
    with pytest.raises(NotFound, match="ladder:no-template"):
        ladder_template("nowhere")


def test_every_number_of_a_ladder_template_is_a_setting_to_be_checked():
    assert all(each.verify and each.note.zh for each in ladder_templates().values())
    assert [row["rung"] for row in ladder_template("default").body["rungs"]] == [
        "letter", "circular", "interview", "exposure",
    ]  # fmt: skip
