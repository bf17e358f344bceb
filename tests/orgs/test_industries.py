"""Industries as bits."""

from hypothesis import given
from hypothesis import strategies as st

from zhiben.orgs.domain.industries import INDUSTRIES, mask_of, slugs_of


@given(st.sets(st.sampled_from(INDUSTRIES)))
def test_a_mask_reads_back(slugs):
    assert set(slugs_of(mask_of(slugs))) == slugs


def test_all_industries_fit_into_one_column():
    assert 0 < mask_of(INDUSTRIES) < 2**63
