"""The people of the tests, each in their place in one small tree.

li: inspector of the county · zhao: officer of the county's supervising department · zhang: officer of the next
county (the stranger) · su: sees the province · wang: safety manager, zhou: principal, gong: worker of the
enterprise · chen: safety manager of the contractor on its site · he: safety manager of an enterprise in the next
county · admin, security, auditor: the three administrators · anon: nobody.
"""

from dataclasses import dataclass
from functools import cached_property

from make import (
    NOW,
    Tree,
    appoint,
    grant,
    make_account,
    make_department,
    make_engagement,
    make_enterprise,
    make_person,
    make_site,
    make_tree,
)

from zhiben.kernel.actor import Actor
from zhiben.orgs.models import Account, Department, Engagement, Enterprise, Person, Unit
from zhiben.orgs.selectors.access import ANONYMOUS, actor_of


@dataclass(frozen=True)
class Player:
    account: Account
    person: Person

    @cached_property
    def actor(self) -> Actor:
        """The account with its grants, as they are when first asked for: most tests need one or two of the twelve."""
        return actor_of(self.account, now=NOW)


@dataclass(frozen=True)
class Cast:
    tree: Tree
    department: Department
    other_department: Department
    enterprise: Enterprise
    site: Unit  # the registered one
    second_site: Unit
    contractor: Enterprise
    engagement: Engagement
    other_enterprise: Enterprise  # in the next county
    li: Player
    zhao: Player
    zhang: Player
    su: Player
    wang: Player
    zhou: Player
    gong: Player
    chen: Player
    he: Player
    admin: Player
    security: Player
    auditor: Player
    anon: Actor


def make_cast() -> Cast:
    tree = make_tree()
    department = make_department(tree.county)
    other_department = make_department(tree.other_county)
    enterprise = make_enterprise(tree.township, "成都示例机械有限公司", industries=("machinery", "dust_explosion"))
    second_site = make_site(enterprise, tree.township, "成都示例机械二厂")
    contractor = make_enterprise(tree.other_township, "成都示例检修有限公司")
    other_enterprise = make_enterprise(tree.other_township, "青羊示例食品有限公司", industries=("light_industry",))
    site = enterprise.registered_site
    engagement = make_engagement(contractor, site)

    def player(username, name, role, place, **home) -> Player:
        person = make_person(name, **home)
        account = make_account(username, person)
        grant(account, role, place)
        return Player(account, person)

    wang = player("wang", "王安全", "safety_manager", enterprise, enterprise=enterprise)
    zhou = player("zhou", "周总", "principal", enterprise, enterprise=enterprise)
    enterprise.principal = enterprise.controller = zhou.person
    enterprise.save()
    appoint(wang.person, site, "safety_manager")
    appoint(zhou.person, site, "principal")
    return Cast(
        tree=tree,
        department=department,
        other_department=other_department,
        enterprise=enterprise,
        site=site,
        second_site=second_site,
        contractor=contractor,
        engagement=engagement,
        other_enterprise=other_enterprise,
        li=player("li", "李检查", "inspector", tree.county, department=department),
        zhao=player("zhao", "赵监管", "officer", tree.county, department=department),
        zhang=player("zhang", "张邻县", "officer", tree.other_county, department=other_department),
        su=player("su", "苏省厅", "region_viewer", tree.province),
        wang=wang,
        zhou=zhou,
        gong=player("gong", "龚工", "worker", enterprise, enterprise=enterprise),
        chen=player("chen", "陈检修", "safety_manager", contractor, enterprise=contractor),
        he=player("he", "何安全", "safety_manager", other_enterprise, enterprise=other_enterprise),
        admin=player("admin", "管理员", "system_admin", tree.nation),
        security=player("security", "授权员", "security_admin", tree.nation),
        auditor=player("auditor", "审计员", "auditor", tree.nation),
        anon=ANONYMOUS,
    )
