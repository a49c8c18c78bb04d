"""One sentence per event of complaints and tasks, as the time-line and the notices say it."""

from huiyin.journal.phrases import phrase
from huiyin.kernel.text import t

for _event, _zh, _en in (
    (
        "complaint.registered",
        "{actor}登记了{customer}的投诉：{problem}",
        "{actor} registered the complaint of {customer}: {problem}",
    ),
    (
        "complaint.imported",
        "{actor}导入了旧投诉（{customer}）：{owed}",
        "{actor} imported an old complaint of {customer}: {owed}",
    ),
    ("complaint.supplemented", "{actor}补充更正了资料", "{actor} corrected the facts"),
    ("complaint.customer_asked", "{actor}请客户补充：{question}", "{actor} asked the customer: {question}"),
    (
        "complaint.customer_replied",
        "{actor}记录了客户的回复：{reply}",
        "{actor} recorded the customer's reply: {reply}",
    ),
    ("complaint.verified", "{actor}核实完毕：{findings}", "{actor} verified it: {findings}"),
    (
        "complaint.forwarded",
        "{actor}把反馈单传给了有关部门（{remark}）",
        "{actor} forwarded the feedback sheet ({remark})",
    ),
    (
        "complaint.judged",
        "{actor}判定：{cause_kind}，{severity}，责任部门{departments}",
        "{actor} judged it: {cause_kind}, {severity}, responsible: {departments}",
    ),
    ("complaint.assigned", "{actor}分派给{departments}", "{actor} assigned it to {departments}"),
    ("complaint.settled", "{actor}简易处理：{statement}", "{actor} settled it on the lighter path: {statement}"),
    ("complaint.concluded", "{actor}汇总结论：{verdict}（{reason}）", "{actor} concluded: {verdict} ({reason})"),
    ("complaint.verdict_approved", "{actor}批准了结论：{verdict}", "{actor} approved the verdict: {verdict}"),
    ("complaint.verdict_returned", "{actor}退回了结论：{note}", "{actor} returned the verdict: {note}"),
    ("complaint.remedy_granted", "{actor}给予补救：{what}", "{actor} granted a remedy: {what}"),
    ("complaint.remedy_requested", "{actor}申请补救：{what}", "{actor} requested a remedy: {what}"),
    ("complaint.remedy_approved", "{actor}批准了补救：{what}", "{actor} approved the remedy: {what}"),
    ("complaint.remedy_denied", "{actor}没有批准补救：{what}（{note}）", "{actor} denied the remedy: {what} ({note})"),
    ("complaint.promised", "{actor}向客户承诺：{what}", "{actor} promised the customer: {what}"),
    ("complaint.promise_kept", "{actor}兑现了承诺：{what}", "{actor} kept the promise: {what}"),
    (
        "complaint.answered",
        "{actor}答复了客户（第 {round} 轮）：{answer_text}",
        "{actor} answered the customer (round {round}): {answer_text}",
    ),
    (
        "complaint.accepted",
        "客户接受了答复（{who}），由{actor}记录",
        "The customer ({who}) accepted the answer; recorded by {actor}",
    ),
    ("complaint.refused", "客户没有接受答复（{who}）：{reason}", "The customer ({who}) refused the answer: {reason}"),
    ("complaint.call_attempted", "{actor}回访，没有联系上：{words}", "{actor} called back and reached nobody: {words}"),
    (
        "complaint.called_back",
        "{actor}回访了客户：{satisfaction}。{words}",
        "{actor} called the customer back: {satisfaction}. {words}",
    ),
    ("complaint.closed", "{actor}结案：{note}", "{actor} closed it: {note}"),
    ("complaint.rejected", "{actor}判定不成立：{reason} {words}", "{actor} rejected it: {reason} {words}"),
    (
        "complaint.withdrawn",
        "客户撤回了投诉：{reason}（{actor}记录）",
        "The customer withdrew: {reason} (recorded by {actor})",
    ),
    ("complaint.merged", "{actor}并入 {into}", "{actor} merged it into {into}"),
    ("complaint.unmerged", "{actor}取消了与 {into} 的并案", "{actor} took it out of {into} again"),
    ("complaint.reopened", "{actor}重新打开：{reason}", "{actor} reopened it: {reason}"),
    ("complaint.transfer_offered", "{actor}提出移交给{to}：{reason}", "{actor} offered the transfer to {to}: {reason}"),
    ("complaint.transferred", "{after}接手了投诉（原负责人{before}）", "{after} took the complaint over from {before}"),
    ("complaint.transfer_declined", "{actor}没有接受移交：{reason}", "{actor} declined the transfer: {reason}"),
    ("task.assigned", "{department}得到任务：{question}", "{department} was given the task: {question}"),
    ("task.accepted", "{actor}代表{department}接受了任务", "{actor} accepted the task for {department}"),
    ("task.declined", "{department}没有接受任务：{reason} {words}", "{department} declined the task: {reason} {words}"),
    (
        "task.answered",
        "{department}提交了原因和措施：{cause}",
        "{department} answered with cause and measures: {cause}",
    ),
    (
        "task.returned",
        "{actor}退回了{department}的答复：{reason}",
        "{actor} returned the answer of {department}: {reason}",
    ),
    ("task.approved", "{actor}审核通过了{department}的答复", "{actor} approved the answer of {department}"),
    ("task.carried_out", "{department}落实了措施", "{department} carried out the measures"),
    (
        "task.verified",
        "{actor}验证了{department}措施的效果：{effect}",
        "{actor} verified the effect for {department}: {effect}",
    ),
    (
        "task.cancelled",
        "{actor}取消了{department}的任务：{reason}",
        "{actor} cancelled the task of {department}: {reason}",
    ),
):
    phrase(_event, t(_zh, _en))
