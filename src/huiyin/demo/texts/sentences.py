"""The sentences around a trouble: what people at the company and at the customer's write while it is dealt with."""

from __future__ import annotations

from random import Random

from huiyin.kernel.text import Text, t

QUESTIONS = (
    t("请提供不良品照片和批次号。", "Please send photographs and the batch number."),
    t("请告知工作压力、油温和安装方式。", "Please tell us working pressure, oil temperature and how it is fitted."),
    t("请寄回一件不良样品，运费到付。", "Please return one sample, freight at our cost."),
    t("请确认是哪一张送货单。", "Please confirm which delivery note it was."),
)
REPLIES = (
    t("照片已发邮箱，批次见标签。", "Photographs are in your mail, the batch is on the label."),
    t("压力 21 MPa，油温 55 ℃，按图安装。", "21 MPa, 55 °C, fitted as drawn."),
    t("样品已寄出，预计后天到。", "The sample is on its way and should arrive the day after tomorrow."),
    t("是上周三到货的那一单。", "It was the delivery of last Wednesday."),
)
PROMISES = (
    t("给出初步答复", "Give a first answer"),
    t("提供原因分析报告", "Send the analysis"),
    t("补发货物并告知单号", "Send the goods and tell the tracking number"),
    t("安排人员到现场", "Send somebody to the site"),
)
KEPT = (t("已电话告知", "Told by telephone"), t("已发邮件", "Sent by mail"), t("已到现场", "Been on site"), t("", ""))
REMARKS = (
    t("客户催得急，请优先。", "The customer is pressing; please give it priority."),
    t("样品已送实验室。", "The sample is in the laboratory."),
    t("同类问题本月第二起。", "The second case of its kind this month."),
    t("", ""),
)
TASKS = (
    t("请查明原因并在期限内提交措施：{what}", "Find the cause and submit measures in time: {what}"),
    t("核对同批次生产与检验记录，说明{what}的原因。", "Check the records of the lot and explain: {what}"),
    t("请提出临时、纠正和预防措施，涉及{what}。", "Propose interim, corrective and preventive measures for: {what}"),
)
RETURNS = (
    t("原因只写到操作失误，请继续分析管理原因。", "Human error alone is no cause; find out why the system allowed it."),
    t("预防措施没有完成日期。", "The preventive measure has no date."),
    t("请补充同批次排查结果。", "Add what the check of the lot found."),
)
DECLINES = (
    t(
        "经核对与本部门工序无关，建议转生产查装配。",
        "It has nothing to do with our operation; assembly should look into it.",
    ),
    t("来料检验记录齐全，问题发生在发货之后。", "Our records are complete; it happened after dispatch."),
)
CANCELS = (
    t("改由其他部门负责。", "Another department takes it."),
    t("客户已补充信息，无需再查。", "The customer has cleared it up."),
)
EFFECTS = (
    t("跟踪三批共 {n} 件，未再发生。", "Three lots of {n} pieces followed; it did not happen again."),
    t("现场核查措施已落实，连续一个月无同类投诉。", "Measures seen in place; no such complaint for a month."),
    t("抽查记录齐全，有效。", "Records checked and complete; effective."),
)
DONE = (t("按计划完成", "Done as planned"), t("已完成并更新文件", "Done, documents updated"), t("", ""))
REASONS = (
    t("样件与记录均证实。", "Sample and records confirm it."),
    t("现场复核与部门分析一致。", "The site check agrees with the departments' analysis."),
    t("检验数据支持该结论。", "Test data support the verdict."),
)
APPROVALS = (t("同意", "Agreed"), t("同意，跟踪效果", "Agreed; follow the effect"), t("", ""))
DEMAND_REFUSALS = (
    t("双方核对后不在质保范围内。", "Checked by both sides: outside the warranty."),
    t("返工后可用，客户同意不再补发。", "Usable after rework; the customer agrees to no resupply."),
)
VERDICT_RETURNS = (
    t("请补充对同批次客户的通知情况。", "Say which other customers of the lot were told."),
    t("结论与数据不完全对应，请复核。", "The verdict does not quite fit the data; check again."),
)
ACCEPTED = (
    t("可以，谢谢。", "Fine, thank you."),
    t("接受，望今后避免。", "Accepted; please avoid it in future."),
    t("已收到换货，没有其他要求。", "Replacement received, nothing else."),
    t("认可原因分析和措施。", "We accept cause and measures."),
)
REFUSED = (
    t("更换后又出现同样问题，不能接受。", "The same happened with the replacement; we do not accept."),
    t("只说换货，没有说明原因。", "You replace but do not explain."),
    t("赔付不足以弥补停线损失。", "The compensation does not cover our standstill."),
    t("没有回答我们提出的第二个问题。", "Our second question is not answered."),
)
NOBODY = (
    t("无人接听", "No answer"),
    t("对方在开会，约下午再打", "In a meeting; call again in the afternoon"),
    t("出差，三天后回", "Travelling, back in three days"),
)
CALLED = {
    "very-satisfied": (
        t("响应很快，措施到位。", "Quick and thorough."),
        t("处理得很专业。", "Handled professionally."),
    ),
    "satisfied": (t("总体满意。", "Satisfied on the whole."), t("换货及时。", "Replaced in time.")),
    "fairly-satisfied": (
        t("结果可以，过程偏慢。", "The result is fine, it took a little long."),
        t("希望包装再加强。", "The packaging could be better."),
    ),
    "dissatisfied": (
        t("等了太久，来回问了三次。", "Too long, and we were asked three times."),
        t("问题虽解决，损失没有补偿。", "Solved, but our loss was not made good."),
    ),
}
CLOSINGS = (
    t("客户认可，资料归档。", "Accepted by the customer; filed."),
    t("措施已列入跟踪，结案。", "Measures are being followed; closed."),
    t("客户无其他要求。", "No further wishes."),
)
REJECTIONS = {
    "misuse": t(
        "拆检见安装扭矩超过规定，密封面被压伤，属使用不当，照片附后。",
        "Dismantled: torque far above the limit has crushed the sealing face; misuse, see the photographs.",
    ),
    "not-our-product": t(
        "比对刻字与钢印，非我公司产品，照片附后。",
        "Engraving and stamp show that it is not our product; see the photographs.",
    ),
    "within-specification": t(
        "复测数据在约定规格之内，报告附后。", "Measured again and within the agreed specification; report attached."
    ),
    "expired": t(
        "发货已逾三年，超出质保期，见发货记录。",
        "Shipped more than three years ago and out of warranty; see the record.",
    ),
}
WITHDRAWALS = (
    t("客户来电：找到原因在自身管路，撤回。", "The customer found the cause in its own pipes and withdraws."),
    t("客户已与业务员另行商定。", "Settled with the salesman in another way."),
    t("客户误报，实为别家产品。", "Reported by mistake; another maker's product."),
)
REOPENINGS = (
    t("换货后两周再次发生。", "It happened again two weeks after replacement."),
    t("客户在使用中又发现同批问题。", "The customer found more of the lot in use."),
)
HANDOVERS = (
    t("明天起休假", "On leave from tomorrow"),
    t("该客户由对方负责", "The customer belongs to the colleague"),
    t("需要英语沟通", "Needs English"),
)
TOO_BUSY = (t("本周出差，无法接手", "Travelling this week"), t("不熟悉该产品", "Not familiar with the product"))
SAMPLES = (
    t("不良样品 {n}{unit}", "{n} {unit} as samples"),
    t("断口残件", "Remains of the break"),
    t("客户寄回样件", "Returned sample"),
    t("留样对比件", "Retained sample"),
)
OPENINGS = (
    t("", ""),
    t("", ""),
    t("您好，", "Good day. "),
    t("我司仓库今日验货：", "Our store checked today: "),
    t("现场反馈：", "From the site: "),
    t("再次反映：", "Once more: "),
    t("请重视，", "Please take this seriously. "),
)
DEMANDED = (
    t("请尽快处理并书面回复。", "Please deal with it soon and answer in writing."),
    t("请于三日内给出原因和措施。", "We expect cause and measures within three days."),
    t("产线等着用，请先补货。", "Our line is waiting; please send replacements first."),
    t("请派人到现场确认。", "Please send somebody."),
    t("", ""),
    t("如再发生将减少订单。", "If it happens again we shall order less."),
    t("送货单和照片见附件。", "Delivery note and photographs are attached."),
)
CONSEQUENCES = (
    t("造成产线停线 {h} 小时。", "Our line stood for {h} hours."),
    t("终端用户已经投诉到我司。", "Our own customer has complained."),
    t("目前这批货已全部隔离。", "The whole lot is quarantined."),
    t("返工用了 {h} 个工时。", "Rework took {h} hours."),
    t("", ""),
    t("", ""),
    t("影响本月交付计划。", "This month's deliveries are at risk."),
)
TOPICS = (
    (
        "enquiry",
        t("询问 {model} 的交期和最小起订量", "Asks for delivery time and least quantity of {model}"),
        t("已转业务员报价", "Passed on to sales"),
    ),
    (
        "enquiry",
        t("索取 {model} 的三维图和检测报告", "Asks for a 3D model and test report of {model}"),
        t("资料已发邮箱", "Data sent by mail"),
    ),
    (
        "suggestion",
        t("建议 {model} 外箱标注毛重", "Suggests to print the gross weight on boxes of {model}"),
        t("已转仓储，下批执行", "Passed on to the warehouse"),
    ),
    (
        "praise",
        t("感谢售后人员周末到场处理 {model}", "Thanks our engineer for coming at the weekend for {model}"),
        t("已转达并表扬", "Passed on with praise"),
    ),
    (
        "order",
        t("{model} 订单增加数量，请确认", "Wants to raise the quantity of {model}"),
        t("已转订单员", "Passed on to order entry"),
    ),
    (
        "repair",
        t("{model} 使用三年需要大修报价", "Asks for an overhaul of {model} after three years"),
        t("已约下周检测", "Inspection agreed for next week"),
    ),
    (
        "answered",
        t("咨询 {model} 安装扭矩", "Asks for the tightening torque of {model}"),
        t("当场告知并发说明书", "Told at once, manual sent"),
    ),
)
SATISFIED = ("very-satisfied", "satisfied", "fairly-satisfied", "dissatisfied")
SATISFIED_SUMS = (22, 76, 92, 100)


def say(random: Random, texts: tuple[Text, ...], language: str, **values: object) -> str:
    """One of ``texts`` in a language, its places filled."""
    return show(random.choice(texts), language, **values)


def show(text: Text, language: str, **values: object) -> str:
    """A text in a language, its places filled."""
    pattern = text.en if language == "en" else text.zh
    return pattern.format(**values) if values else pattern
