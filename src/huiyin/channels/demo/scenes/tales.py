"""The problem cases of the demonstration, as a maker of hydraulic parts would write them."""

from __future__ import annotations

from huiyin.channels.demo.scenes.shapes import Candidate, Interim, Place, Tale, Why

# fmt: off
CRIMP = Tale(
    "zh", "胶管总成扣压处渗油", ("WS-",), ("leakage",), "function", "production",
    texts={
        "symptom": "客户装机试压（31.5 MPa，保压 5 分钟）时 {model} 扣压处渗油，100 根中 7 根，批次 {batch}。",
        "emergency": "当天停止发运同批次；通知客户把已装机的 7 根换下，调库存 20 根先行送达。",
        "emergency_proof": "客户 16:40 回复：换装后复压无渗漏。",
        "team_goal": "十个工作日内查明发生和流出原因，改善后连续三批扣压处零渗漏；组长有权停线。",
        "what": "扣压套与胶管结合处渗油，擦净后保压约 2 分钟再次出现油珠。",
        "where": "只在 A 端扣压处，全部出自 2 号扣压机。",
        "when": "装机试压时；同批次在我厂出厂试压（25 MPa，1 分钟）全部合格。",
        "who": "客户总装线试压工位，联系人 {who}。",
        "why": "油液滴到电机上，整机不能下线；继续使用有脱管危险。",
        "how": "目视加白纸擦拭，压力表 5 分钟压降 0.8 MPa。",
        "how_many": "100 根中 7 根（7%）；上一批 0 根。",
        "statement": "{model} 胶管总成 A 端扣压处在 31.5 MPa 保压 5 分钟时渗油，批次 {batch}，不良率 7%。",
        "containment": "同批次成品、在制品全部隔离，用 31.5 MPa 保压 5 分钟逐根复试后放行。",
        "containment_proof": "复试合格的 188 根发出后，客户三天内无新增反馈。",
        "clean_point": "批号后缀 -K 起（更换模具、逐根复试），外箱贴绿色圆标。",
        "occurrence": "2 号机模块磨损后没有更换，扣压外径偏大，夹持力不足。",
        "escape": "出厂试压的压力和时间沿用旧型号，低于客户工况，试不出来。",
        "system": "模具寿命没有列入设备维护计划，新型号导入时试验规范没有重新评审。",
        "choice": "换模具和改试压规范当周就能做，直接针对两个根本原因；只加严抽检治标不治本，不选。",
        "implementation": "新模块已装机，首件外径 28.42 mm；试压台程序改为 31.5 MPa 保压 5 分钟，旧程序已删除。",
        "lifted": "连续三批 300 根零渗漏，解除逐根复试，恢复按抽样方案检验。",
        "prevention": "扣压模具按 2 万次寿命强制更换，计数到数自动锁机；新型号导入必须评审试验规范。",
        "lessons": "出厂试验的条件不能低于客户的使用条件；凡有磨损件的设备都要有寿命计数。",
        "summary": "发生原因是模具磨损，流出原因是试压条件偏低，两项都已用开关试验证实并改正，效果连续三批确认。",
        "recognition": "感谢马振华连夜完成开关试验，感谢彭大勇主动提出计数锁机的办法。",
    },
    team=(
        ("quality", "leader", "组织分析，对客户负责"), ("production-head", "member", "落实现场措施"),
        ("mazhenhua", "member", "扣压工序试验"), ("technical", "expert", "试验规范评审"),
    ),
    contrasts=(
        ("what", "扣压套与胶管结合处渗油", "接头螺纹、密封面不渗", "只有扣压段受夹持力影响", "模块使用次数超过 2 万次"),
        ("where", "A 端，2 号扣压机", "B 端，1 号扣压机", "两台机的模块不是同时更换的", "1 号机模块三个月前换过"),
        ("when", "试压 31.5 MPa 保压 2 分钟以后", "出厂试压 25 MPa 保压 1 分钟", "压力和时间都不够", "新型号导入时没有改试压程序"),
        ("how_big", "7%，压降 0.8 MPa", "上一批 0%", "磨损逐批加重", "—"),
    ),
    places=(
        Place("shop-floor", "二车间扣压工位", 52, reworked=3, scrapped=2, method="31.5 MPa 保压 5 分钟逐根复试", who="彭大勇"),
        Place("finished", "成品库 3 排", 136, scrapped=9, method="31.5 MPa 保压 5 分钟逐根复试", who="邱长青"),
        Place("customer", "客户总装线", 93, scrapped=7, method="客户试压，不良已换下", who="客户服务"),
        Place("transit", "在途一批", 40, method="到货后复试", who="邱长青"),
    ),
    interim=(Interim("2 号扣压机停用，在产订单转 1 号机，首件和末件各测三根外径", "production-head", "停机挂牌照片、首末件记录"),),
    whys=(
        Why("o1", "occurrence", "扣压处夹持力不足，保压时油从胶层与扣压套之间渗出", evidence="拔脱力 18.6 kN，要求不小于 24 kN"),
        Why("o2", "occurrence", "扣压后外径 28.72 mm，超出 28.40±0.10 mm", "o1", "method", "7 根不良品逐根测量"),
        Why("o3", "occurrence", "模块工作面磨损约 0.15 mm，合模到位后仍偏大", "o2", "machine", "三坐标测模块 8 瓣"),
        Why("o4", "occurrence", "模块已使用 23 600 次，没有人知道该换", "o3", "machine", "设备计数器读数"),
        Why("o5", "occurrence", "扣压模块没有规定寿命，用到多少次都能开机", "o4", "method", "设备维护计划里没有这一项", is_root=True,
            method="换新模块与旧模块各扣 20 根，31.5 MPa 保压 5 分钟", on="旧模块：20 根漏 3 根", off="新模块：20 根不漏"),
        Why("ox", "occurrence", "胶管外胶厚度偏薄", bone="material", evidence="抽 10 根测壁厚，均在图纸范围", ruled_out=True),
        Why("e1", "escape", "出厂试压没有发现渗油", evidence="7 根的出厂记录都是合格"),
        Why("e2", "escape", "试压 25 MPa、1 分钟，低于客户 31.5 MPa、5 分钟", "e1", "measurement", "试压台程序号 P07"),
        Why("e3", "escape", "新型号沿用旧型号的试压程序，导入时没有评审试验条件", "e2", "method", "导入评审表缺这一栏", is_root=True,
            method="用两种试压程序试同一批不良品", on="旧程序：7 根全部判合格", off="新程序：7 根全部检出"),
        Why("s1", "system", "易损工装该换不换，没有部门发现", bone="method", evidence="全厂 43 副模具只有 11 副有寿命卡"),
        Why("s2", "system", "寿命由各车间自己定，有的定有的不定", "s1", "method", "三个车间的工装台账"),
        Why("s3", "system", "设备维护计划不含工装，工装归谁管没有写明", "s2", "method", "设备管理程序 2.1 版", is_root=True,
            method="核对近一年 43 副模具的更换记录", on="不在计划内的 32 副：5 副超期使用", off="在计划内的 11 副：没有超期"),
    ),
    candidates=(
        Candidate("o5", "更换 2 号机全部模块，规定 2 万次强制更换，计数到数自动锁机", "mazhenhua", 3, "直接消除原因，可防错", "每年增加两副模块费用约 9 000 元", proof="新模块验收单、锁机测试录像"),
        Candidate("e3", "试压程序按客户最高工况设定，试压台程序与型号绑定，不能手选", "technical", 3, "流出点堵死", "节拍增加 4 分钟", proof="试压规范 B/1、程序清单"),
        Candidate("s3", "工装列入设备维护计划，全厂建寿命卡，到数由系统锁机", "production-head", 4, "管住所有易损件", "建卡约两周", proof="维护计划修改单、43 张寿命卡"),
        Candidate("o5", "加严扣压外径抽检到每小时一次", cons="只能少漏检，磨损照样发生", pros="马上可做", chosen=False),
    ),
    effect=("扣压处渗漏率（31.5 MPa，5 分钟）", "7%", "0%，连续三批"),
    proven=("0 / 300 根", "三批各 100 根逐根试压，无渗漏；客户端一周无反馈"),
    documents=(
        ("pfmea", "PFMEA-HS-02", "A/3", "A/4", "增加失效模式“模块磨损”，探测度由 7 改为 3"),
        ("control-plan", "CP-HS-02", "B/1", "B/2", "扣压外径首末件改为控制图；试压条件按型号"),
        ("work-instruction", "WI-HS-11", "C/0", "C/1", "换模和计数清零的步骤"),
        ("maintenance", "设备维护计划 2 号扣压机", "2025 版", "2025 版第 1 次修改", "模块 2 万次强制更换"),
        ("drawing", "DWG-2SN", "B", "", "产品尺寸与公差不变"),
    ),
    deployments=(
        ("line", "1 号、3 号扣压机", True, "同样加装计数锁机，当前读数 6 200 与 11 800"),
        ("product", "四层钢丝胶管系列", True, "试压程序逐个型号核对，改正 4 个"),
        ("site", "外协扣压点", False, "外协只做低压胶管，工况不超过 10 MPa，维持现行试压"),
    ),
    costs=(
        ("sorting", "成品与在途复试 19 小时", "2400", "2280.00", ""), ("scrap", "报废 18 根", "1800", "1962.00", ""),
        ("freight", "加急补发两次", "600", "548.50", ""), ("tooling", "模块两副、计数锁机", "11000", "10860.00", ""),
    ),
    score=92,
    contained="已隔离并逐根复试，客户端先换后补", analysed="两条线都用开关试验证实", chosen="两项措施各对一个根本原因，同时实施",
    implemented="模块、试压程序均已切入，旧件已报废", prevented="文件、同类设备、经验教训均已完成",
    note="请审阅 D0–D8 全文及附件", verdict="原因清楚、验证充分，同意关闭；请在下次审核时出示锁机记录。",
    approved="同意结案，模具寿命管理作为年度改进案例推广",
)

SPOOL = Tale(
    "zh", "换向阀低温启动时阀芯卡滞", ("WSF", "WSY", "WSL"), ("no-function", "intermittent", "performance"), "function", "technical",
    texts={
        "symptom": "{model} 在 -10 ℃ 环境停机一夜后通电不换向，敲击阀体后恢复，批次 {batch}。",
        "emergency": "通知客户低温启动前先点动三次预热；调两台备用阀送现场。",
        "what": "通电后阀芯不动作，先导压力正常。", "where": "滑阀副，集中在回油腔一侧台肩。", "when": "油温低于 0 ℃ 首次启动时。",
        "who": "客户售后在工地发现，联系人 {who}。", "why": "动臂不能动作，工地停工。", "how": "手动推杆推不动，拆检见台肩有带状擦痕。",
        "how_many": "20 台中 3 台。", "statement": "{model} 在油温低于 0 ℃ 时阀芯卡滞不换向，批次 {batch}，20 台中 3 台。",
        "containment": "同批库存逐台做 -20 ℃ 冷浸两小时后换向试验。", "containment_proof": "冷试合格的 46 台发出后未再卡滞。",
        "clean_point": "序列号末位带 T 的为冷试合格品。",
        "occurrence": "阀芯与阀孔配合间隙偏小，低温收缩后接触。", "escape": "出厂只做常温换向试验。",
        "choice": "重新选配并放宽间隙下限，冷试列入型式检验。", "implementation": "选配间隙由 6–10 μm 改为 8–12 μm，当日起切入。",
        "lifted": "两批冷试全部合格，解除逐台冷试。", "prevention": "低温工况写入合同评审问卷，凡北方冬季使用的阀一律按新间隙选配。",
        "lessons": "配合间隙要按整个使用温度范围校核，不能只看常温。", "summary": "原因是选配间隙下限偏小，已改规范并用冷试证实。",
    },
    team=(("zhaomin", "leader", "组织分析"), ("technical", "member", "配合间隙校核"), ("hanbing", "member", "选配工序"), ("quality", "member", "冷试")),
    contrasts=(
        ("what", "滑阀卡滞", "电磁铁、先导级正常", "只有滑阀副受温度影响", "选配规范去年放宽过上限"),
        ("when", "0 ℃ 以下首次启动", "常温、热机后", "热膨胀不同", "入冬以来第一批"),
    ),
    places=(
        Place("shop-floor", "阀装配线", 18, reworked=4, method="-20 ℃ 冷浸 2 小时后换向 10 次", who="韩冰"),
        Place("finished", "成品库阀类区", 46, reworked=7, held=1, method="-20 ℃ 冷浸 2 小时后换向 10 次", who="邱长青"),
    ),
    interim=(Interim("库存阀逐台冷试，不合格的重新选配阀芯", "hanbing", "冷试记录 64 台"),),
    whys=(
        Why("o1", "occurrence", "低温下阀芯与阀孔接触卡住", evidence="台肩带状擦痕，位置与计算的最小间隙处一致"),
        Why("o2", "occurrence", "常温间隙 6 μm，-10 ℃ 时剩 1 μm 以下", "o1", "method", "三台不良品间隙 5.8–6.3 μm"),
        Why("o3", "occurrence", "选配规范的下限 6 μm 只按常温计算", "o2", "method", "选配规范 A/2 计算书", is_root=True,
            method="同一阀体配 6 μm 与 9 μm 阀芯各做冷试", on="6 μm：卡滞", off="9 μm：10 次换向正常"),
        Why("e1", "escape", "出厂试验在 20 ℃ 车间进行，没有冷试", bone="measurement", evidence="试验规程没有温度要求", is_root=True,
            method="常温与冷浸各试同一批不良品", on="常温：3 台全部合格", off="冷浸：3 台全部检出"),
    ),
    candidates=(
        Candidate("o3", "选配间隙改为 8–12 μm，重新计算内泄漏，满足样本值", "technical", 3, "消除原因", "内泄漏增加约 4%", proof="计算书 A/3"),
        Candidate("e1", "型式检验与每批首件增加 -20 ℃ 冷浸换向试验", "hanbing", 3, "能检出", "每批多两小时", proof="试验规程 B/0"),
    ),
    effect=("低温换向不良率（-20 ℃）", "15%", "0%"), proven=("0 / 60 台", "两批逐台冷试，无卡滞"),
    documents=(("dfmea", "DFMEA-4E", "A/1", "A/2", "增加低温收缩的失效原因"), ("inspection", "QI-VL-07", "A/5", "A/6", "增加冷浸换向试验"), ("work-instruction", "WI-VL-03", "B/0", "B/1", "选配间隙 8–12 μm")),
    deployments=(("product", "6 通径与 10 通径全部滑阀", True, "间隙下限同步修改"), ("supplier", "外购电磁铁", False, "与间隙无关")),
    costs=(("testing", "冷试 64 台", "3200", "3050.00", ""), ("travel", "工地处理一次", "1500", "1388.00", "")),
    contained="同批逐台冷试后放行", analysed="间隙与试验两条都已证实", chosen="改间隙为主，冷试把关", implemented="新间隙已切入",
    prevented="规范、检验、合同评审均已更新，请批准",
)

PUMP = Tale(
    "en", "Pump noise and loss of flow after 200 hours", ("WSB", "WSP"), ("noise", "performance", "wear"), "function", "production",
    texts={
        "symptom": "{model} became loud (84 dB(A), new: 71) after about 200 hours and delivers 12 % less; batch {batch}.",
        "emergency": "Two tested pumps sent by air; customer asked to stop the two machines concerned.",
        "what": "Whining noise and 12 % loss of flow at 210 bar.", "where": "At the inlet side of the cartridge; the pressure plate is pitted.",
        "when": "After 180 to 220 hours of service; new pumps are within specification.", "who": "Customer's service team, {who}.",
        "why": "The boom moves too slowly and the driver's cab is too loud to work in.", "how": "Sound level meter and flow meter at the test port.",
        "how_many": "2 of 6 pumps in the field.", "statement": "{model}, batch {batch}: cavitation at the inlet, noise +13 dB(A) and flow -12 % after 200 hours.",
        "containment": "All pumps of the batch in stock and in assembly checked for inlet edge radius; suspect ones reworked.",
        "containment_proof": "Replacement pumps run 60 hours at the customer at 72 dB(A).", "clean_point": "Serial numbers from …0415 on, blue dot beside the name plate.",
        "occurrence": "The inlet edge was left sharp after the deburring brush had worn out.", "escape": "The radius is on the drawing but was never measured.",
        "choice": "A formed cutter gives the radius without depending on the brush; a go/no-go gauge catches what is left.",
        "implementation": "Formed cutter on both machining centres since Monday; gauge at the washing station.",
    },
    team=(("quality", "leader", "runs the analysis, speaks to the customer"), ("technical", "expert", "inlet flow"), ("production", "member", "machining trials")),
    contrasts=(
        ("what", "inlet side pitted", "outlet side clean", "only the inlet sees low pressure", "brush supplier changed in spring"),
        ("when", "after about 200 hours", "not on the test stand", "pitting takes time", "—"),
        ("how_big", "2 of 6", "0 of 40 of the batch before", "brush worn gradually", "—"),
    ),
    places=(
        Place("shop-floor", "pump assembly, cell 2", 14, reworked=5, method="radius gauge R0.8 at the inlet edge", who="Peng Dayong"),
        Place("finished", "finished goods, aisle 7", 22, reworked=8, scrapped=1, method="radius gauge R0.8 at the inlet edge", who="Qiu Changqing"),
    ),
    interim=(Interim("Every inlet edge checked by gauge and finished by hand", "production", "inspection log, 50 housings"),),
    whys=(
        Why("o1", "occurrence", "Cavitation at the inlet pits the pressure plate", bone="", evidence="pitting under the microscope, inlet side only"),
        Why("o2", "occurrence", "Flow separates at a sharp inlet edge", "o1", "machine", "edge radius 0.1 mm, drawing 0.8 mm"),
        Why("o3", "occurrence", "The deburring brush no longer reaches the edge", "o2", "machine", "bristles 9 mm short"),
        Why("o4", "occurrence", "Nobody changes the brush: its life is not laid down", "o3", "method", "no entry in the maintenance plan", is_root=True,
            method="housings finished with a worn and with a new brush, 60 h on the endurance stand", on="worn brush: 82 dB(A)", off="new brush: 71 dB(A)"),
        Why("e1", "escape", "The edge radius is not inspected: the control plan leaves it out", bone="measurement", evidence="control plan CP-PB-01 A/4", is_root=True,
            method="ten housings passed by final inspection, measured by gauge", on="without gauge: 10 of 10 passed", off="with gauge: 4 of 10 rejected"),
    ),
    candidates=(
        Candidate("o4", "Cut the radius with a formed cutter in the same clamping", "production", 3, "independent of wear", "cutter 260 EUR, 8 s more", proof="first article report"),
        Candidate("e1", "Go/no-go gauge R0.8 at the washing station, every housing", "quality", 3, "finds every sharp edge", "6 s a part", proof="gauge calibration sheet"),
        Candidate("o4", "Change the brush every month", cons="still depends on discipline", pros="cheap", chosen=False),
    ),
    effect=("Sound level after 60 h on the endurance stand", "82 dB(A)", "at most 73 dB(A)"),
    contained="Stock and assembly checked, replacements at the customer", analysed="Both roots proven by on/off tests",
    chosen="Formed cutter plus gauge", implemented="Both in force; effect window is running",
)

ROD = Tale(
    "zh", "活塞杆镀铬层起皮划伤密封", ("WSG",), ("coating", "leakage", "corrosion", "wear"), "function", "purchasing",
    texts={
        "symptom": "{model} 使用一个月后活塞杆镀层起皮，刮伤杆密封外漏，批次 {batch}。", "emergency": "先行发出两支备用油缸，旧件回收。",
        "what": "活塞杆距端头 120–200 mm 处镀铬层片状起皮。", "where": "行程中段，朝下一侧。", "when": "使用三至五周后。", "who": "客户维修班，联系人 {who}。",
        "why": "油液外漏，现场环保检查不合格。", "how": "目视和指甲刮，镀层成片脱落。", "how_many": "8 支中 2 支。",
        "statement": "{model} 活塞杆中段镀铬层起皮，批次 {batch}，8 支中 2 支。", "containment": "同炉号活塞杆全部停用，库存逐支做划格和弯曲试验。",
    },
    team=(("quality", "leader", "组织分析"), ("purchasing", "member", "电镀供方联络"), ("technical", "member", "镀层要求")),
    contrasts=(("where", "行程中段", "两端", "中段是第二次上挂的位置", "供方换过挂具"),),
    places=(
        Place("shop-floor", "油缸装配线", 6, held=5, method="划格法加 180° 弯曲", who="沈国平"),
        Place("finished", "成品库油缸区", 11, held=4, method="划格法加 180° 弯曲", who="邱长青"),
    ),
    interim=(Interim("同炉号 9 支活塞杆隔离，改用另一供方的杆", "purchasing", "隔离单"),),
    contained="同炉号全部隔离，客户已用备用缸",
)

SEAL = Tale(
    "zh", "密封件装配后两天内硬化开裂", ("WSM",), ("crack", "material", "wear"), "function", "purchasing",
    texts={
        "symptom": "{model} 装入油缸两天后唇口硬化开裂，批次 {batch}。", "emergency": "客户停用同批密封件，现场封存 340 件。",
        "what": "唇口硬化、径向裂纹 2–3 处。", "where": "静置油缸的杆密封。", "when": "接触液压油 48 小时后。", "how_many": "已知 12 件，客户还在清点。",
    },
    team=(("zhaomin", "leader", "组织分析"), ("purchasing", "member", "胶料批次追溯")),
)
# fmt: on
