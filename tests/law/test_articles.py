"""A value of law names its article, or says that it is still to be checked against the text; none is made up."""

import pytest

from zhiben.law.instruments import citation
from zhiben.law.parameters import Source, parameters

# What these hold is the instrument as a whole: a table of codes, the way a check is reckoned, the yearly notices.
WHOLE = {
    "cn/accident-class/types",
    "cn/calendar/days-off",
    "cn/code/credit-code",
    "cn/code/division-code",
    "cn/code/id-number",
    "cn/code/industry-sections",
    "cn/code/organisation-code",
}
LAW = [(each, dated) for each in parameters().values() if each.basis == "law" for dated in each.history]


@pytest.mark.parametrize(("known", "dated"), LAW, ids=[f"{each.id} {dated.period.since}" for each, dated in LAW])
def test_a_value_of_law_names_its_article_or_is_marked(known, dated):
    assert dated.source.clause or dated.verify or dated.confidence == "low" or known.id in WHOLE


def test_most_values_of_law_that_are_sure_name_their_article():
    sure = [dated for each, dated in LAW if not dated.verify and each.id not in WHOLE]
    assert len(sure) > 90
    assert all(dated.source.clause or dated.confidence == "low" for dated in sure)


@pytest.mark.parametrize(
    ("clause", "zh", "en"),
    [
        ("table 2", "表2", ", table 2"),
        ("annex", "附录", ", annex"),
        ("part 1(2)", "部分1(2)", ", part 1(2)"),
        ("17", "第17条", ", art. 17"),
        ("", "", ""),
    ],
)
def test_where_in_an_instrument_is_told_in_both_languages(clause, zh, en):
    whole, cited = citation(Source("cn/saws-order-15", "")), citation(Source("cn/saws-order-15", clause))
    assert (cited.zh.removeprefix(whole.zh), cited.en.removeprefix(whole.en)) == (zh, en)
