"""What a new pack begins with: all that must be there, with its example, for the writer to replace."""

STARTS = {
    "standards": """\
# 地区判定标准（草案）  A region's own determination standard (draft)
# 写法 how to write it: docs/contributing/packs.md
id: {slug}
title:
  zh: （名称）
  en: (title)
issuer:
  zh: （发布机关）
  en: (who issues it)
document: （文号，或“建议”） number, or "proposal"
issued: null
effective: null  # 采用时确定 set by adoption
repealed: null
supersedes: []
industries:
- machinery
confidence: low
proposal: true  # 不是法规：有正式文件时删去 not law; leave out where there is an official document
clauses:
- ref: '1'
  summary:
    zh: 特种作业人员无证上岗
    en: Special-operations staff work without a certificate
  decidable: facts
  facts:
  - special_ops_uncertified_count
  rule: special_ops_uncertified_count > 0
  whole: true
  verify: true
examples:
- day: 2026-01-01
  facts:
    industries: [machinery]
    special_ops_uncertified_count: 1
  verdicts:
    '1': present
- day: 2026-01-01
  facts:
    industries: [machinery]
    special_ops_uncertified_count: 0
  verdicts:
    '1': absent
""",
    "key_items": """\
# 重点检查事项（草案）  Key inspection items (draft)
# 不是判定条款，不据以判定重大事故隐患  no clauses: nobody is judged by them
id: {slug}
title:
  zh: （名称）
  en: (title)
issuer:
  zh: （发布机关）
  en: (who lists them)
document: （文号，或“建议”） number, or "proposal"
industries:
- machinery
confidence: low
proposal: true  # 不是法规 not law
items:
- ref: '1'
  summary:
    zh: （检查事项）
    en: (what to look at)
  look:
    zh: （怎么看）
    en: (how to look at it)
""",
}
