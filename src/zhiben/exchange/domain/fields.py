"""The columns a ledger of hidden dangers may have: one field a meaning, whatever the office calls it."""

from enum import StrEnum


class Field(StrEnum):
    """What a column of a ledger says."""

    SERIAL = "serial"
    RECORD_NUMBER = "record_number"
    ENTERPRISE_NAME = "enterprise_name"
    CREDIT_CODE = "credit_code"
    ENTERPRISE_CODE = "enterprise_code"
    REGION = "region"
    INDUSTRY = "industry"
    PROJECT = "project"
    PLACE = "place"
    FOUND_ON = "found_on"
    RECORDED_ON = "recorded_on"
    FINDER = "finder"
    FINDER_ORGANISATION = "finder_organisation"
    CHANNEL = "channel"
    CHECK_ITEM = "check_item"
    NAME = "name"
    DESCRIPTION = "description"
    CLAUSE_BASIS = "clause_basis"
    CATEGORY = "category"
    LEVEL = "level"
    CAUSE = "cause"
    POSSIBLE_ACCIDENT = "possible_accident"
    DEMAND = "demand"
    MEASURE = "measure"
    INTERIM_CONTROLS = "interim_controls"
    HANDLING = "handling"
    RESPONSIBLE_ORGANISATION = "responsible_organisation"
    RESPONSIBLE_DEPARTMENT = "responsible_department"
    RESPONSIBLE_PERSON = "responsible_person"
    RESPONSIBLE_PHONE = "responsible_phone"
    FUNDS = "funds"
    DEADLINE = "deadline"
    PLAN = "plan"
    TREATMENT_PLAN = "treatment_plan"
    STATUS = "status"
    RECTIFIED_ON = "rectified_on"
    RESULT = "result"
    ACCEPTOR = "acceptor"
    ACCEPTOR_ORGANISATION = "acceptor_organisation"
    ACCEPTED_ON = "accepted_on"
    ACCEPTANCE_OPINION = "acceptance_opinion"
    SIGNED_OFF_ON = "signed_off_on"
    SUPERVISOR = "supervisor"
    PENALTY = "penalty"
    PHOTOS = "photos"
    PHOTOS_AFTER = "photos_after"
    ATTACHMENTS = "attachments"
    REMARKS = "remarks"


DATES = frozenset({
    Field.FOUND_ON, Field.RECORDED_ON, Field.DEADLINE, Field.RECTIFIED_ON, Field.ACCEPTED_ON, Field.SIGNED_OFF_ON,
})  # fmt: skip
PEOPLE = frozenset({Field.FINDER, Field.RESPONSIBLE_PERSON, Field.ACCEPTOR})
DAYS_IN_ORDER = tuple(field for field in Field if field in DATES)  # a set's order changes from run to run
PEOPLE_IN_ORDER = tuple(field for field in Field if field in PEOPLE)
MONEY = frozenset({Field.FUNDS, Field.PENALTY})
LABELS: dict[Field, tuple[str, str]] = {
    Field.SERIAL: ("序号", "No."),
    Field.RECORD_NUMBER: ("隐患编号", "Record number"),
    Field.ENTERPRISE_NAME: ("企业名称", "Enterprise"),
    Field.CREDIT_CODE: ("统一社会信用代码", "Credit code"),
    Field.ENTERPRISE_CODE: ("企业编码", "Enterprise code"),
    Field.REGION: ("所属区域", "Region"),
    Field.INDUSTRY: ("行业", "Industry"),
    Field.PROJECT: ("项目", "Project"),
    Field.PLACE: ("场所（部位）", "Place"),
    Field.FOUND_ON: ("发现日期", "Found on"),
    Field.RECORDED_ON: ("登记日期", "Recorded on"),
    Field.FINDER: ("发现人", "Finder"),
    Field.FINDER_ORGANISATION: ("检查单位", "Finder's organisation"),
    Field.CHANNEL: ("隐患来源", "Channel"),
    Field.CHECK_ITEM: ("检查项目", "Check item"),
    Field.NAME: ("隐患名称", "Name"),
    Field.DESCRIPTION: ("隐患描述", "Description"),
    Field.CLAUSE_BASIS: ("判定依据", "Clause relied on"),
    Field.CATEGORY: ("隐患类别", "Category"),
    Field.LEVEL: ("隐患等级", "Level"),
    Field.CAUSE: ("原因分析", "Cause"),
    Field.POSSIBLE_ACCIDENT: ("可能导致的事故", "Possible accident"),
    Field.DEMAND: ("整改要求", "Demand"),
    Field.MEASURE: ("整改措施", "Measures"),
    Field.INTERIM_CONTROLS: ("管控措施", "Interim measures"),
    Field.HANDLING: ("治理类型", "Handling"),
    Field.RESPONSIBLE_ORGANISATION: ("整改责任单位", "Responsible party"),
    Field.RESPONSIBLE_DEPARTMENT: ("整改部门", "Responsible department"),
    Field.RESPONSIBLE_PERSON: ("整改责任人", "Person responsible"),
    Field.RESPONSIBLE_PHONE: ("联系电话", "Telephone"),
    Field.FUNDS: ("整改资金", "Funds"),
    Field.DEADLINE: ("整改期限", "Deadline"),
    Field.PLAN: ("应急预案", "Emergency plan"),
    Field.TREATMENT_PLAN: ("治理方案", "Treatment plan"),
    Field.STATUS: ("整改状态", "Status"),
    Field.RECTIFIED_ON: ("整改完成日期", "Rectified on"),
    Field.RESULT: ("整改情况", "Result"),
    Field.ACCEPTOR: ("验收人", "Accepted by"),
    Field.ACCEPTOR_ORGANISATION: ("验收部门", "Accepting organisation"),
    Field.ACCEPTED_ON: ("验收日期", "Accepted on"),
    Field.ACCEPTANCE_OPINION: ("验收意见", "Opinion on acceptance"),
    Field.SIGNED_OFF_ON: ("销号日期", "Signed off on"),
    Field.SUPERVISOR: ("督办单位", "Supervising department"),
    Field.PENALTY: ("处罚", "Penalty"),
    Field.PHOTOS: ("隐患照片", "Photos"),
    Field.PHOTOS_AFTER: ("整改后照片", "Photos after rectification"),
    Field.ATTACHMENTS: ("附件", "Attachments"),
    Field.REMARKS: ("备注", "Remarks"),
}  # (zh, en), for the pages where a user corrects the mapping
