"""The steps of listed supervision: listed by an order, told upwards, reviewed on site, removed by another person."""

from zhiben.dangers.domain.clock import Clock
from zhiben.dangers.domain.kinds import Role
from zhiben.dangers.domain.moves import Move, Need
from zhiben.dangers.domain.rights import DangerPermission as Right
from zhiben.dangers.domain.step import AWAITING, CONFIRMED, RECTIFYING, WORKING, Step
from zhiben.kernel.bilingual import Bilingual

LISTING_CLOCKS = (Clock.LIST_REPORT, Clock.LIST_PUBLISH)

LISTING_STEPS: tuple[Step, ...] = (
    Step(
        move=Move.LIST,
        sources=(CONFIRMED, RECTIFYING),
        target=RECTIFYING,
        permission=Right.LIST,
        label=Bilingual("挂牌督办", "List for supervision"),
        style="secondary",
        order=48,
        needs=(Need.ORDER, Need.DUE, Need.REASON),
        guards=("supervising", "major", "not_listed", "due_ahead"),
        sets=(Clock.RECTIFY, *LISTING_CLOCKS),
        stops=(Clock.ASSIGN, Clock.ANSWER),
    ),
    Step(
        move=Move.REPORT_LISTING,
        sources=WORKING,
        target=None,
        permission=Right.LIST,
        label=Bilingual("上报挂牌情况", "Report the listing upwards"),
        style="secondary",
        order=49,
        needs=(Need.REPORT,),
        guards=("supervising", "listed"),
        stops=(Clock.LIST_REPORT,),
    ),
    Step(
        move=Move.REVIEW_LISTING,
        sources=(AWAITING,),
        target=None,
        permission=Right.SIGN_OFF,
        label=Bilingual("挂牌督办复查合格", "Passes the review of the listing"),
        style="primary",
        order=8,
        needs=(Need.ON_SITE, Need.OFFICERS, Need.REPORT, Need.PHOTO_BEFORE, Need.PHOTO_AFTER),
        guards=("supervising", "listed", "listing_unreviewed"),
        excludes=(Role.OWNER, Role.RECTIFIER),
    ),
    Step(
        move=Move.DELIST,
        sources=(AWAITING,),
        target=None,
        permission=Right.LIST,
        label=Bilingual("摘牌", "Remove from the list"),
        style="primary",
        order=9,
        needs=(Need.ORDER, Need.REASON),
        guards=("supervising", "listing_reviewed", "not_the_reviewer"),
        excludes=(Role.OWNER, Role.RECTIFIER),
        stops=LISTING_CLOCKS,
    ),
    Step(
        move=Move.WITHDRAW_LISTING,
        sources=WORKING,
        target=None,
        permission=Right.LIST,
        label=Bilingual("撤销挂牌", "Withdraw the listing"),
        style="danger",
        order=72,
        needs=(Need.REASON,),
        guards=("supervising", "listed"),
        stops=LISTING_CLOCKS,
    ),
)
