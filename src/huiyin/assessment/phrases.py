"""One sentence per event of assessments, as the time-line and the notices say it; amounts of single people are not told."""

from huiyin.journal.phrases import phrase
from huiyin.kernel.text import t

for _event, _zh, _en in (
    (
        "assessment.compiled",
        "{actor}统计了{week}：{cases} 项反馈，{fines} 项迟误",
        "{actor} compiled {week}: cases {cases}, late {fines}",
    ),
    (
        "assessment.recounted",
        "{actor}重新统计：{cases} 项反馈，{fines} 项迟误",
        "{actor} counted again: cases {cases}, late {fines}",
    ),
    ("assessment.sent", "{actor}发给物流填写运费和损失", "{actor} sent it to logistics for freight and losses"),
    (
        "assessment.costs_added",
        "{actor}填写了运费 {freight}、损失 {loss}",
        "{actor} entered freight {freight} and losses {loss}",
    ),
    (
        "assessment.returned",
        "{actor}送回质量部：运费 {freight}，损失 {loss}",
        "{actor} returned it to quality: freight {freight}, losses {loss}",
    ),
    ("assessment.reward_proposed", "{actor}提议奖励{who}：{reason}", "{actor} proposed a reward for {who}: {reason}"),
    ("assessment.quality_signed", "{actor}代表质量部签字", "{actor} signed for quality"),
    ("assessment.sent_back", "{actor}退回重核：{reason}", "{actor} sent it back: {reason}"),
    ("assessment.management_signed", "{actor}代表总经理签字", "{actor} signed for the management"),
    (
        "assessment.handed_over",
        "{actor}交财务：考核 {charged}，奖励 {rewarded}",
        "{actor} handed it over to finance: charged {charged}, rewarded {rewarded}",
    ),
    ("assessment.carried_out", "{actor}已执行：{note}", "{actor} carried it out: {note}"),
    ("assessment.withdrawn", "{actor}作废了统计表：{reason}", "{actor} withdrew the sheet: {reason}"),
    ("charge.counted", "{actor}计入一项考核", "{actor} counted a charge"),
    ("charge.proposed", "提议奖励{who}", "A reward for {who} was proposed"),
    ("charge.approved", "{actor}同意奖励{who}", "{actor} approved the reward for {who}"),
    ("charge.declined", "{actor}没有同意奖励{who}：{reason}", "{actor} declined the reward for {who}: {reason}"),
    (
        "charge.posted",
        "考核统计 {number} 的一项已记账，请查看：{what}",
        "A charge of {number} is booked; see what it says: {what}",
    ),
    ("charge.appealed", "{actor}对一项考核提出申诉：{what}", "{actor} appealed against a charge: {what}"),
    ("charge.upheld", "{actor}决定维持考核：{reason}", "{actor} upheld the charge: {reason}"),
    ("charge.reduced", "{actor}决定减少考核金额：{reason}", "{actor} reduced the charge: {reason}"),
    ("charge.waived", "{actor}决定免予考核：{reason}", "{actor} waived the charge: {reason}"),
    ("allotment.reckoned", "{department}应承担的费用已核算", "What {department} bears is reckoned"),
    ("allotment.opened", "{department}须把应承担的费用分解到人", "{department} has to divide what it bears"),
    (
        "allotment.split",
        "{department}已分解到人（{people} 人），报质量部",
        "{department} has divided its sum (people: {people}); quality is told",
    ),
    (
        "allotment.appealed",
        "{actor}对部门的分担提出申诉：{what}",
        "{actor} appealed against what the department bears: {what}",
    ),
    ("allotment.upheld", "{actor}决定维持部门的分担：{reason}", "{actor} upheld what the department bears: {reason}"),
    ("allotment.reduced", "{actor}决定减少部门的分担：{reason}", "{actor} reduced what the department bears: {reason}"),
    ("allotment.waived", "{actor}决定免予部门的分担：{reason}", "{actor} waived what the department bears: {reason}"),
):
    phrase(_event, t(_zh, _en))
