"""One sentence per event of problem cases, as the time-line and the notices say it."""

from huiyin.journal.phrases import phrase
from huiyin.kernel.text import t
from huiyin.records.relations.relations import declare

for _event, _zh, _en in (
    ("problem.opened", "{actor}立案：{title}（{customer}）", "{actor} opened the case: {title} ({customer})"),
    ("problem.facts_changed", "{actor}更正了案例的事实", "{actor} corrected the facts of the case"),
    ("problem.case_attached", "{actor}并入了 {case}", "{actor} attached {case}"),
    ("problem.case_detached", "{actor}移出了 {case}：{reason}", "{actor} detached {case}: {reason}"),
    ("problem.referred", "{actor}引用报告 {to}：{reason}", "{actor} referred to the report {to}: {reason}"),
    ("problem.decided", "{actor}判定：{needs}（{reason}）", "{actor} decided: {needs} ({reason})"),
    ("problem.handed_over", "{actor}把案例移交给{to}：{reason}", "{actor} handed the case over to {to}: {reason}"),
    ("problem.written", "{actor}改写了 {section} 的{what}", "{actor} wrote in {section}: {what}"),
    ("problem.contained", "{actor}确认遏制完成：{words}", "{actor} confirmed the containment: {words}"),
    ("problem.analysed", "{actor}查明了原因：{causes}。{words}", "{actor} found the causes: {causes}. {words}"),
    ("problem.planned", "{actor}选定了措施：{actions}。{words}", "{actor} chose the actions: {actions}. {words}"),
    ("problem.plan_reviewed", "{actor}审核通过了措施：{words}", "{actor} reviewed the plan: {words}"),
    ("problem.plan_approved", "{actor}批准了措施：{words}", "{actor} approved the plan: {words}"),
    ("problem.plan_returned", "{actor}退回了措施：{words}", "{actor} returned the plan: {words}"),
    ("problem.implemented", "{actor}确认措施已实施：{words}", "{actor} confirmed the implementation: {words}"),
    (
        "problem.effect_planned",
        "{actor}计划验证效果：{metric}，由{checker}在 {ends_on} 前验证",
        "{actor} planned an effect check: {metric}, by {checker} until {ends_on}",
    ),
    (
        "problem.effect_dropped",
        "{actor}撤销了效果验证：{metric}（{reason}）",
        "{actor} dropped the effect check: {metric} ({reason})",
    ),
    (
        "problem.effect_checked",
        "{actor}验证了效果：{metric}，结果 {result}，{verdict}。{words}",
        "{actor} checked the effect: {metric}, result {result}, {verdict}. {words}",
    ),
    ("problem.proven", "{actor}确认措施有效：{words}", "{actor} confirmed the effect: {words}"),
    (
        "problem.failed",
        "{actor}判定措施无效，退回查原因：{words}",
        "{actor} found the actions without effect, back to the cause: {words}",
    ),
    ("problem.prevented", "{actor}完成了预防与标准化：{words}", "{actor} finished prevention: {words}"),
    ("problem.settled", "{actor}简要说明：{statement}", "{actor} settled it by a short statement: {statement}"),
    ("problem.approved", "{actor}批准结案：{words}", "{actor} approved and closed the case: {words}"),
    ("problem.report_returned", "{actor}退回了报告：{words}", "{actor} returned the report: {words}"),
    (
        "problem.submitted",
        "{actor}向{to}提交了报告（至 {reaches}）：{note}",
        "{actor} submitted the report to {to} (up to {reaches}): {note}",
    ),
    (
        "problem.submission_decided",
        "客户意见：{decision}（评分 {score}）。{words}",
        "The customer's decision: {decision} (score {score}). {words}",
    ),
    (
        "problem.submission_answered",
        "{actor}针对客户的不认可重新提交了报告",
        "{actor} submitted the report anew after the rejection",
    ),
    (
        "problem.reopened",
        "{actor}第 {revision} 次重新立案：{words}",
        "{actor} reopened the case (reopening {revision}): {words}",
    ),
    ("problem.cancelled", "{actor}撤销了案例：{words}", "{actor} cancelled the case: {words}"),
):
    phrase(_event, t(_zh, _en))

EXPLAINS = "explains"
declare(EXPLAINS, here=t("涉及的投诉", "Complaints it explains"))
