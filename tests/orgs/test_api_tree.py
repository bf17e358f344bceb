"""Units, enterprises and oneself on the API."""

from callers import Caller
from make import make_unit

from zhiben.law.codes import make_credit_code


def items(answer):
    assert answer.status_code == 200, answer.content
    return answer.json()["items"]


def test_units_are_listed_in_the_order_of_the_tree(cast):
    caller = Caller(cast.li)
    rows = items(caller.get("/units"))
    assert [row["path"] for row in rows] == sorted(row["path"] for row in rows)
    assert rows[0] | {"id": 0} == {
        "id": 0, "path": cast.tree.county.path, "code": "510104000000", "name": "锦江区", "kind": "county",
        "parent": cast.tree.city.pk, "depth": 4, "enterprise": None, "address": "", "since": None, "until": None,
    } | {"depth": cast.tree.county.depth}  # fmt: skip


def test_units_come_in_pages_without_gap_or_repeat(cast):
    caller, seen, after = Caller(cast.su), [], ""
    while after is not None:
        answer = caller.get("/units", limit=2, after=after)
        seen += [row["path"] for row in items(answer)]
        after = answer.json()["next"]
    assert seen == [row["path"] for row in items(caller.get("/units", limit=200))]
    assert len(seen) > 6


def test_units_are_narrowed(cast):
    caller, tree = Caller(cast.su), cast.tree
    make_unit(tree.village, "grid", "第一网格")

    def found(**query):
        return {row["name"] for row in items(caller.get("/units", **query))}

    assert found(kind="county") == {"锦江区", "青羊区"}
    assert found(parent=tree.county.pk) == {"锦官驿街道"}
    assert found(under=tree.village.path) == {"水井坊社区居委会", "第一网格"}
    assert found(under="510105", kind="township") == {"草市街街道"}
    assert found(q="网格") == {"第一网格"}
    assert found(q="510104017") == {"锦官驿街道", "水井坊社区居委会"}


def test_a_unit_is_found_by_number_path_or_code(cast):
    caller, county = Caller(cast.li), cast.tree.county
    by_number = caller.get(f"/units/{county.pk}").json()
    assert caller.get("/units/at", unit=county.path).json() == by_number
    assert caller.get("/units/at", unit="510104").json() == by_number
    assert by_number["name"] == "锦江区"


def test_a_stranger_finds_no_unit(cast):
    stranger = Caller(cast.zhang)
    assert stranger.get(f"/units/{cast.tree.county.pk}").status_code == 404
    assert stranger.get("/units/at", unit="510104").status_code == 404
    assert {row["name"] for row in items(stranger.get("/units"))}.isdisjoint({"锦江区", "锦官驿街道"})


def test_enterprises_are_listed_and_narrowed(cast):
    caller = Caller(cast.su)

    def found(**query):
        return {row["name"] for row in items(caller.get("/enterprises", **query))}

    everybody = {cast.enterprise.name, cast.contractor.name, cast.other_enterprise.name}
    assert found() == everybody
    assert found(q="食品") == {cast.other_enterprise.name}
    assert found(credit_code=cast.enterprise.credit_code.lower()) == {cast.enterprise.name}
    assert found(under="510105") == {cast.contractor.name, cast.other_enterprise.name}
    assert found(industry="light_industry") == {cast.other_enterprise.name}


def test_enterprises_come_in_pages(cast):
    caller = Caller(cast.su)
    first = caller.get("/enterprises", limit=2).json()
    rest = caller.get("/enterprises", limit=2, after=first["next"]).json()
    assert [row["id"] for row in first["items"] + rest["items"]] == sorted(
        (cast.enterprise.pk, cast.contractor.pk, cast.other_enterprise.pk)
    )
    assert rest["next"] is None


def test_an_enterprise_is_told_with_its_sites(cast):
    body = Caller(cast.wang).get(f"/enterprises/{cast.enterprise.pk}").json()
    assert body["credit_code"] == cast.enterprise.credit_code
    assert body["industries"] == ["dust_explosion", "machinery"]
    assert [site["id"] for site in body["sites"]] == [cast.site.pk, cast.second_site.pk]


def test_an_enterprise_is_entered_under_a_unit_named_by_code(cast):
    code = make_credit_code("510104", 77_777)
    told = {"name": "新示例有限公司", "unit": "510104017", "credit_code": code, "industries": ["machinery"]}
    answer = Caller(cast.zhao).post("/enterprises", told)
    assert answer.status_code == 201, answer.content
    assert answer.json()["sites"][0]["name"] == "新示例有限公司"
    again = Caller(cast.zhao).post("/enterprises", told)
    assert (again.status_code, again.json()["code"]) == (409, "enterprise:code-taken")


def test_nobody_enters_an_enterprise_in_the_next_county(cast):
    answer = Caller(cast.zhao).post("/enterprises", {"name": "新示例有限公司", "unit": "510105002"})
    assert (answer.status_code, answer.json()["code"]) == (404, "unit:not-found")


def test_one_reads_who_one_is(cast):
    body = Caller(cast.wang).get("/me").json()
    assert (body["username"], body["name"], body["person"]) == ("wang", "王安全", cast.wang.person.pk)
    (grant,) = body["grants"]
    assert grant["enterprise"] == cast.enterprise.pk
    assert "danger:confirm" in grant["permissions"]
