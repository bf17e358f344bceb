"""Industries as bits of one whole number, so that «any of these industries» is a single comparison in the database.

The order is part of stored data: append, never reorder. A test holds it against the industries of the law's packs.
"""

from collections.abc import Iterable
from functools import lru_cache

INDUSTRIES: tuple[str, ...] = (
    "hazardous_chemicals",
    "chemicals",
    "coal_mine",
    "noncoal_mine_underground",
    "noncoal_mine_openpit",
    "tailings_pond",
    "oil_gas_exploitation",
    "oil_gas_storage",
    "fireworks",
    "civil_explosives",
    "military_industry",
    "metal_smelting",
    "metallurgy",
    "nonferrous",
    "aluminium_deep_well_casting",
    "building_materials",
    "machinery",
    "light_industry",
    "textile",
    "tobacco",
    "commerce_trade",
    "dust_explosion",
    "ammonia_refrigeration",
    "confined_space",
    "construction_building_municipal",
    "highway_waterway_construction",
    "railway_construction",
    "water_conservancy",
    "power",
    "city_gas",
    "special_equipment",
    "fire_protection",
    "crowded_places",
    "nine_small_places",
    "self_built_houses",
    "road_transport",
    "urban_passenger_transport",
    "highway_operation",
    "railway",
    "civil_aviation",
    "postal_express",
    "water_passenger_transport",
    "port_dangerous_goods",
    "fishing_vessels",
    "agri_machinery",
    "grain_processing",
    "warehousing",
    "elderly_care",
    "healthcare",
    "education",
    "culture_tourism",
    "religious_venues",
    "industrial_parks",
)
BIT = {slug: 1 << number for number, slug in enumerate(INDUSTRIES)}


def mask_of(slugs: Iterable[str]) -> int:
    """Return the bits of these industries; refuse an unknown one with KeyError.

    >>> mask_of(["hazardous_chemicals", "coal_mine"])
    5
    """
    mask = 0
    for slug in slugs:
        mask |= BIT[slug]
    return mask


def slugs_of(mask: int) -> list[str]:
    """Return the industries of a mask, in the fixed order."""
    return list(_slugs_of(mask))


@lru_cache(maxsize=4096)
def _slugs_of(mask: int) -> tuple[str, ...]:
    return tuple(slug for slug in INDUSTRIES if mask & BIT[slug])
