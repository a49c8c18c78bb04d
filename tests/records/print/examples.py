"""Sheets as the rooms will build them: the three forms, filled, empty, long, in both languages, with pictures."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from io import BytesIO
from zoneinfo import ZoneInfo

from PIL import Image, ImageDraw

from huiyin.kernel.text import t
from huiyin.records.print.sheets import (
    CheckBoxes,
    CheckOption,
    FactGrid,
    Issuer,
    Language,
    LongText,
    Photo,
    Photos,
    PrintFact,
    PrintSheet,
    SectionBar,
    SignaturePlace,
    Signatures,
    SmallPrint,
    TableBlock,
    TableColumn,
    TableRow,
)
from huiyin.records.print.wording import inline, label

PRINTED_AT = datetime(2026, 11, 21, 14, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
HEAD = "3fa9c1d2e4b7a69088f1027be6d0c3a15f9b42d7c8e1a0639b7d5e2f4c6a8b10"
LONG = (
    "客户来电反映，2026年11月3日发运的第二批减速机在装机试运行约40小时后，输出端油封处出现渗漏，油液沿法兰面流到地面，"
    "现场已停机处理。客户同时指出，同批次另有三台空载噪声明显高于前一批，用声级计在1 m处测得78 dB(A)，超过协议规定的≤72 dB(A)。"
)


def photograph(width: int = 1600, height: int = 1200, colour: str = "#7a8ca0", words: str = "IMG") -> bytes:
    """A picture file as a camera might send it."""
    picture = Image.new("RGB", (width, height), colour)
    drawing = ImageDraw.Draw(picture)
    for step in range(0, max(width, height), 80):
        drawing.line([(step, 0), (0, step)], fill="#d9dee5", width=6)
    drawing.ellipse([width // 3, height // 3, 2 * width // 3, 2 * height // 3], outline="#b03a2e", width=18)
    drawing.text((40, 40), words, fill="white", font_size=90)
    made = BytesIO()
    picture.save(made, "JPEG", quality=90)
    return made.getvalue()


def ticks(language: Language, pairs: str, ticked: set[str]) -> tuple[CheckOption, ...]:
    """Options from ``中文=English`` pairs separated by semicolons."""
    found = []
    for pair in pairs.split(";"):
        zh, en = pair.split("=")
        found.append(CheckOption(inline(t(zh, en), language), zh in ticked))
    return tuple(found)


def complaint(language: Language = "zh", *, photos: tuple[Photo, ...] = (), filled: bool = True) -> PrintSheet:
    """《客户投诉登记表》, filled in or empty."""

    def w(zh: str, en: str) -> str:
        return label(t(zh, en), language)

    def o(pairs: str, *ticked: str) -> tuple[CheckOption, ...]:
        return ticks(language, pairs, set(ticked) if filled else set())

    def v(value: str) -> str:
        return value if filled else ""

    rows = (
        TableRow((w("质量部", "Quality").replace("\n", " "),), heading=True),
        TableRow(
            (
                "油封唇口被装配工装划伤，留有0.2 mm深的轴向划痕",
                "更换油封压装工装的导向套，首件100%检查",
                "李建国",
                "2026-11-28",
                "2026-11-27",
                "有效",
            )
        ),
        TableRow((w("采购部", "Purchasing").replace("\n", " "),), heading=True),
        TableRow(
            (
                "第二批油封改用新供方，入厂检验未测唇口硬度",
                "入厂检验规程增加邵氏硬度项目；供方提交8D",
                "欧阳文静",
                "2026-12-05",
                "",
                "",
            )
        ),
    )
    return PrintSheet(
        company=Issuer("陕西回音精密机械股份有限公司"),
        title=w("客户投诉登记表", "Customer Complaint Register"),
        form_number="Q/SX•G4•G09—05",
        revision="A/0",
        record_number="202611-017",
        state=v(inline(t("处理中", "In handling"), language)),
        retention=inline(t("3 年", "3 years"), language),
        procedure="communication 1.0",
        printed_by="王晓梅",
        printed_at=PRINTED_AT,
        journal_head=HEAD,
        journal_length=17,
        language=language,
        blocks=(
            SectionBar(w("一、客户与来源", "1. Customer and source").replace("\n", "  ")),
            FactGrid(
                (
                    PrintFact(w("客户名称", "Customer"), v("西安秦川重型传动设备有限责任公司"), span=0),
                    PrintFact(w("联系人", "Contact"), v("赵志强（设备科）")),
                    PrintFact(w("联系电话", "Telephone"), v("029-8866 1234")),
                    PrintFact(w("受理时间", "Received at"), v("2026-11-18 09:42")),
                    PrintFact(w("受理人", "Received by"), v("王晓梅")),
                )
            ),
            CheckBoxes(
                w("来源", "Channel"),
                o("电话=Telephone;邮件=E-mail;信函=Letter;来访=Visit;微信=WeChat;在线=Online", "电话"),
            ),
            SectionBar(w("二、产品与数量", "2. Product and quantities").replace("\n", "  ")),
            FactGrid(
                (
                    PrintFact(w("产品型号", "Model"), v("HYJ-280/4P")),
                    PrintFact(w("图号版本", "Drawing rev."), v("HY280-00 C版")),
                    PrintFact(w("生产批次", "Batch"), v("B20261027-02")),
                    PrintFact(w("机器序列号", "Serial number"), v("HYJ2802610270118")),
                    PrintFact(w("订单号", "Order"), v("SO-2026-3318")),
                    PrintFact(w("发货日期", "Shipped on"), v("2026-11-03")),
                    PrintFact(w("发货数量", "Shipped"), v("24 台")),
                    PrintFact(w("投诉数量", "Complained"), v("4 台")),
                    PrintFact(w("核实数量", "Verified"), v("4 台")),
                    PrintFact(w("不良数量", "Defective"), v("3 台")),
                )
            ),
            LongText(w("问题描述", "Problem"), v(LONG), lines=4),
            SectionBar(w("三、分类与要求", "3. Classification and demands").replace("\n", "  ")),
            CheckBoxes(
                w("内容分类", "Content"),
                o("产品质量=Product;服务=Service;交付=Delivery;价格=Price;其他=Other", "产品质量"),
            ),
            CheckBoxes(w("性质", "Nature"), o("质量=Quality;非质量=Non-quality", "质量")),
            CheckBoxes(w("严重程度", "Severity"), o("一般=Minor;较重=Major;严重=Serious;涉及安全=Safety", "较重")),
            CheckBoxes(
                w("客户要求", "Demands"),
                o(
                    "现场服务=On-site help;补货=Resupply;换货=Exchange;退货=Return;索赔=Claim;罚款=Fine",
                    "现场服务",
                    "换货",
                ),
                v("要求11月25日前恢复开机"),
            ),
            LongText(
                w("核实情况", "Findings"),
                v("售后人员11月19日到现场拆检，确认3台油封唇口划伤，1台为误报（冷凝水）。"),
                lines=3,
            ),
            CheckBoxes(
                w("责任部门", "Responsible"),
                o("质量部=Quality;生产部=Production;采购部=Purchasing;技术部=Technical", "质量部", "采购部"),
            ),
            TableBlock(
                title=w("四、原因与措施", "4. Causes and measures").replace("\n", "  "),
                columns=(
                    TableColumn(w("原因", "Cause"), 5),
                    TableColumn(w("措施", "Measure"), 5),
                    TableColumn(w("责任人", "Person"), 2, "center"),
                    TableColumn(w("计划完成", "Planned"), 2.3, "center"),
                    TableColumn(w("实际完成", "Done"), 2.3, "center"),
                    TableColumn(w("验证", "Check"), 1.8, "center"),
                ),
                rows=rows if filled else (),
                least_rows=0 if filled else 4,
            ),
            SectionBar(w("五、结论与答复", "5. Verdict and answer").replace("\n", "  ")),
            FactGrid(
                (
                    PrintFact(w("结论", "Verdict"), v("投诉成立：我方质量问题")),
                    PrintFact(w("批准人", "Approved by"), v("陈董事长 2026-11-22 10:05")),
                    PrintFact(w("补救", "Remedies"), v("换货3台；补偿停机损失¥ 1,200.00"), span=0),
                )
            ),
            LongText(w("答复客户", "Answer"), v("已说明原因和措施，换货于11月23日发出，运费我方承担。"), lines=3),
            CheckBoxes(
                w("客户意见", "Decision"),
                o("接受=Accepted;不接受=Refused", "接受"),
                v("2026-11-23 赵志强 电话确认"),
            ),
            FactGrid(
                (
                    PrintFact(w("回访时间", "Called back"), v("2026-12-02 15:20")),
                    PrintFact(w("回访人", "Caller"), v("刘洋")),
                    PrintFact(w("满意度", "Satisfaction"), v("满意")),
                    PrintFact(w("关闭时间", "Closed at"), v("")),
                )
            ),
            Photos(photos, title=w("附：照片", "Photos").replace("\n", "  ")),
            Signatures(
                (
                    SignaturePlace(w("受理", "Reception"), v("王晓梅"), v("2026-11-18 09:42")),
                    SignaturePlace(w("质量部", "Quality"), v("李建国"), v("2026-11-21 17:10"), v("同意")),
                    SignaturePlace(w("责任部门", "Department")),
                    SignaturePlace(w("批准", "Approved")),
                )
            ),
        ),
    )


def feedback(language: Language = "zh", *, photos: tuple[Photo, ...] = (), times: int = 1) -> PrintSheet:
    """《问题反馈分析改善表》 with ``times`` as long analyses."""

    def w(zh: str, en: str) -> str:
        return label(t(zh, en), language)

    measures = tuple(
        row
        for department in ("生产车间", "采购", "技术部")
        for row in (
            TableRow((department,), heading=True),
            TableRow(("临时", "在库48台逐台复检，隔离不良品", "周海涛", "2026-11-19", "2026-11-19", "合格")),
            TableRow(
                (
                    "纠正",
                    "重新校准压装力传感器，压装力上限改为" + "2.8 kN，" * times,
                    "周海涛",
                    "2026-11-24",
                    "2026-11-25",
                    "迟1天",
                )
            ),
            TableRow(("预防", "压装工序列入控制计划，每班首末件检查并记录", "孙丽", "2026-12-01", "", "")),
        )
    )
    return PrintSheet(
        company=Issuer("回音电气有限公司", ("西安市高新区丈八五路10号　029-8888 6666",)),
        title=w("问题反馈分析改善表", "Feedback, Analysis and Improvement Sheet"),
        form_number="YX-QR-021",
        revision="B/1",
        record_number="F202611-0042",
        retention=inline(t("3 年", "3 years"), language),
        procedure="feedback 1.0",
        printed_by="张伟",
        printed_at=PRINTED_AT,
        journal_head=HEAD,
        journal_length=9,
        language=language,
        blocks=(
            SectionBar(w("反馈", "Feedback").replace("\n", "  ")),
            FactGrid(
                (
                    PrintFact(w("客户名称", "Customer"), "青岛海润冷链装备集团股份有限公司胶州分公司", 0),
                    PrintFact(w("规格型号", "Model"), "BX-12kV/630A"),
                    PrintFact(w("发货日期", "Shipped on"), "2026-10-12"),
                    PrintFact(w("不良数量", "Defects"), "6 台 / 60 台"),
                    PrintFact(w("机器序列号", "Serial number"), "SN-0001-0006"),
                )
            ),
            LongText(w("问题描述", "Problem"), LONG * times, 4),
            Photos(photos, w("问题照片", "Photos").replace("\n", "  ")),
            TableBlock(
                title=w("临时措施（客户诉求）", "Interim measures (customer's demands)").replace("\n", "  "),
                columns=(
                    TableColumn(w("序号", "No."), 1, "center"),
                    TableColumn(w("客户诉求", "Demand"), 3),
                    TableColumn(w("要求", "Particulars"), 6),
                    TableColumn(w("要求时间", "Wanted by"), 2.4, "center"),
                    TableColumn(w("完成", "Done"), 2.4, "center"),
                ),
                rows=(
                    TableRow(("1", "派人到现场处理问题", "两名熟悉12 kV柜的售后人员", "2026-11-20", "2026-11-20")),
                    TableRow(("2", "换货", "6台，运费到付不接受", "2026-11-25", "")),
                ),
                least_rows=3,
            ),
            SectionBar(w("分析与改善", "Analysis and improvement").replace("\n", "  ")),
            LongText(w("原因分析", "Cause"), "压装力上限设定过高，压装后触头弹簧座开裂。" * times, 3),
            TableBlock(
                columns=(
                    TableColumn(w("类别", "Kind"), 1.3, "center"),
                    TableColumn(w("措施", "Measure"), 6),
                    TableColumn(w("责任人", "Person"), 1.8, "center"),
                    TableColumn(w("计划完成", "Planned"), 2.2, "center"),
                    TableColumn(w("实际完成", "Done"), 2.2, "center"),
                    TableColumn(w("验证", "Check"), 1.6, "center"),
                ),
                rows=measures * times,
            ),
            LongText(w("汇总", "Summary"), "三个部门的措施已汇总，同意回复客户。", 2),
            Signatures(
                (
                    SignaturePlace(w("营销支持科", "Reception"), "张伟", "2026-11-18 13:20"),
                    SignaturePlace(w("质量部", "Quality"), "何敏", "2026-11-19 16:44"),
                    SignaturePlace(w("责任部门", "Department"), "周海涛", "2026-11-20 09:00"),
                    SignaturePlace(w("技术部", "Technical")),
                )
            ),
        ),
    )


def liaison(language: Language = "zh", content: str = LONG) -> PrintSheet:
    """《内部联络单》 for one department's task."""

    def w(zh: str, en: str) -> str:
        return label(t(zh, en), language)

    return PrintSheet(
        company=Issuer("陕西回音精密机械股份有限公司"),
        title=w("内部联络单", "Internal Liaison Sheet"),
        form_number="Q/SX•G4•G09—06",
        revision="A/0",
        record_number="202611-017/2",
        retention=inline(t("3 年", "3 years"), language),
        procedure="communication 1.0",
        printed_by="王晓梅",
        printed_at=PRINTED_AT,
        journal_head=HEAD,
        journal_length=12,
        language=language,
        blocks=(
            FactGrid(
                (
                    PrintFact(w("发出部门", "From"), "供销部"),
                    PrintFact(w("接收部门", "To"), "质量部"),
                    PrintFact(w("日期", "Date"), "2026-11-18"),
                    PrintFact(w("投诉编号", "Complaint"), "202611-017"),
                    PrintFact(w("主题", "Subject"), "HYJ-280减速机输出端渗油", 0),
                )
            ),
            LongText(w("内容", "Content"), content, 8),
            FactGrid((PrintFact(w("要求答复", "Answer by"), "2026-11-20 09:42（48 小时）", 0),)),
            LongText(w("答复", "Reply"), "", 8),
            Signatures(
                (
                    SignaturePlace(w("发出", "Sent"), "王晓梅", "2026-11-18 10:15"),
                    SignaturePlace(w("接收", "Received")),
                    SignaturePlace(w("审核", "Reviewed")),
                ),
                columns=3,
            ),
            SmallPrint("本单一式两份，发出部门与接收部门各存一份。"),
        ),
    )


def with_company(sheet: PrintSheet, name: str) -> PrintSheet:
    """The same sheet issued by another company."""
    return replace(sheet, company=Issuer(name))
