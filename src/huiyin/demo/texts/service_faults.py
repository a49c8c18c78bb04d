"""Faults of service: papers, labels, bills, manners."""

from __future__ import annotations

from huiyin.demo.texts.fault_kinds import FaultCause, FaultKind
from huiyin.kernel.text import t

SERVICE = (
    FaultKind(
        "documents",
        45,
        False,
        ("documents", "other"),
        ("documents", "packaging", "service", "technical", "other"),
        ("none", "regulation"),
        ("correct-documents", "special-answer", "information", "explanation"),
        (
            t(
                "{model} 随货缺少合格证和材质报告，仓库无法入账。",
                "{model} came without certificate and material report; we cannot book it.",
            ),
            t(
                "{model} 出厂检验报告上的批次与实物不符，应为 {batch}。",
                "The test report of {model} names another batch than {batch}.",
            ),
            t(
                "英文说明书与 {model} 版本不对应，海外客户投诉。",
                "The English manual does not match {model}; our customer abroad complains.",
            ),
        ),
        (
            t("系统留有电子版报告，漏放纸质件。", "The report exists electronically; the paper was forgotten."),
            t("核对后确认批次号打印错误。", "Checked: the batch number was misprinted."),
        ),
        (
            FaultCause(
                "quality",
                t("检验报告模板未随版本更新。", "The report template was not updated."),
                t("当日补发电子版与纸质报告", "Send the report on paper and by mail the same day"),
                t("更新模板并停用旧版", "Update the template and withdraw the old one"),
                t("报告由系统按批次自动生成", "Let the system write reports by batch"),
            ),
            FaultCause(
                "warehouse",
                t("随货资料袋漏放。", "The document bag was forgotten."),
                t("快递补寄资料", "Send the papers by express"),
                t("装箱单增加资料勾选", "Add papers to the packing check list"),
                t("封箱前拍照留存", "Photograph before closing the box"),
            ),
        ),
        (
            t(
                "资料已补齐，电子版发至贵司邮箱，纸质件快递寄出。",
                "The papers are complete; sent by mail and by express.",
            ),
        ),
        ("justified",),
        frozenset(),
        ("receipt",),
    ),
    FaultKind(
        "label",
        40,
        False,
        ("label", "other"),
        ("documents", "packaging", "quantity", "service", "other"),
        ("none", "regulation"),
        ("correct-documents", "exchange", "special-answer", "improve"),
        (
            t(
                "{model} 外箱标识错误，二维码扫出来是别的料号。",
                "The box of {model} is labelled wrongly; its code reads another part number.",
            ),
            t(
                "{model} 铭牌刻字不清，额定压力看不清楚，{n}{unit}。",
                "The name plate of {model} is illegible, the rated pressure cannot be read; {n} {unit}.",
            ),
            t("{model} 没有贴我司要求的环保标识。", "{model} lacks the environmental mark we ask for."),
        ),
        (
            t("标签打印记录显示模板选错。", "The print log shows the wrong template."),
            t("铭牌样件已收到，激光功率偏低。", "The plate has come; laser power was low."),
        ),
        (
            FaultCause(
                "warehouse",
                t("标签模板选错且无人复核。", "The wrong template was chosen and nobody checked."),
                t("寄送正确标签到现场更换", "Send correct labels for exchange on site"),
                t("标签由订单自动带出", "Labels follow from the order"),
                t("首张标签扫码确认", "Scan the first label"),
            ),
            FaultCause(
                "production",
                t("激光打标机镜片脏污。", "The lens of the laser marker was dirty."),
                t("重刻铭牌", "Engrave again"),
                t("每班清洁镜片", "Clean the lens every shift"),
                t("打标深度列入巡检", "Inspect the depth on rounds"),
            ),
        ),
        (
            t(
                "标识已更正，替换标签当日寄出，可协助现场更换。",
                "Labels are corrected and sent the same day; we can help to change them.",
            ),
        ),
        ("justified", "partly"),
        frozenset(),
        ("receipt", "storage"),
    ),
    FaultKind(
        "billing",
        30,
        False,
        ("documents", "other"),
        ("billing", "service", "other"),
        ("none",),
        ("correct-documents", "special-answer", "price-cut", "information"),
        (
            t(
                "{model} 发票单价与合同不符，多开 {n} 元每{unit}。",
                "The invoice for {model} differs from the contract by {n} yuan each.",
            ),
            t(
                "月结对账单把已退回的 {model} 又计了一次。",
                "The monthly statement charges the returned {model} once more.",
            ),
        ),
        (t("财务核对：价格表未按新合同更新。", "Finance finds the price list was not updated to the new contract."),),
        (
            FaultCause(
                "finance",
                t("价格协议更新未同步到开票系统。", "The new price agreement did not reach the billing system."),
                t("红冲重开发票", "Cancel and write the invoice again"),
                t("合同生效即更新价目", "Update prices when a contract takes effect"),
                t("月末抽查二十张发票", "Check twenty invoices each month"),
            ),
            FaultCause(
                "reception",
                t("退货单未及时传财务。", "The return note did not reach finance."),
                t("更正对账单", "Correct the statement"),
                t("退货单当日传递", "Pass on return notes the same day"),
                t("每周与财务核对退货", "Compare returns with finance weekly"),
            ),
        ),
        (
            t(
                "发票已重开并寄出，差额在本月货款中抵扣，抱歉。",
                "The invoice is written again and sent; the difference is set off this month. Our apologies.",
            ),
        ),
        ("justified",),
        frozenset(),
        ("receipt",),
    ),
    FaultKind(
        "manner",
        40,
        False,
        ("other",),
        ("attitude", "service", "other"),
        ("none",),
        ("apology", "explanation", "special-answer", "improve"),
        (
            t(
                "打了三次电话催 {model} 的处理结果，接线员服务态度差，没说完就挂断。",
                "We called three times about {model}; the person was rude and hung up.",
            ),
            t(
                "售后人员到现场迟到两小时，服务态度不好，也没有把 {model} 的问题讲清楚。",
                "Your engineer came two hours late, was unfriendly and explained nothing about {model}.",
            ),
            t(
                "业务员答应给 {model} 的样品一直没寄，多次推脱。",
                "Your salesman promised samples of {model}, never sent them and makes excuses.",
            ),
        ),
        (
            t("已调听录音，确有未说完即挂断的情况。", "The recording confirms that the call was cut off."),
            t("与当事人核实，行程延误未提前告知客户。", "The person concerned confirms: the delay was not announced."),
        ),
        (
            FaultCause(
                "reception",
                t("高峰期人手不足，未按话术收尾。", "Too few people at the peak; the call was not closed properly."),
                t("主管当日致歉", "The head apologises the same day"),
                t("高峰时段增加一席", "One more seat at peak hours"),
                t("每月抽听录音二十条", "Listen to twenty recordings a month"),
            ),
            FaultCause(
                "field-service",
                t("上一处服务超时，未改约。", "The visit before took too long and no new time was agreed."),
                t("向客户致歉并补充服务报告", "Apologise and complete the report"),
                t("行程延误三十分钟须电话告知", "Delays of thirty minutes are told by telephone"),
                t("派工留出路途余量", "Leave time for the way when planning"),
            ),
        ),
        (
            t(
                "部门负责人已登门致歉，相关人员已培训，今后由专人跟进贵司事项。",
                "The head has apologised in person, the staff were trained, and one person now looks after you.",
            ),
        ),
        ("justified", "partly"),
        frozenset(),
        ("use-in-warranty",),
    ),
)
