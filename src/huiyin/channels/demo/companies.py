"""Customers of the demonstration company, each a function of the seed and of its place in the line."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from huiyin.customers.values import ContactPersonFacts, CustomerFacts

# City, province, dialling code, an industrial road.
CITIES: tuple[tuple[str, str, str, str], ...] = (
    ("徐州", "江苏省", "0516", "金山桥开发区驮蓝山路"),
    ("济宁", "山东省", "0537", "高新区海川路"),
    ("长沙", "湖南省", "0731", "经开区漓湘东路"),
    ("柳州", "广西", "0772", "鱼峰区官塘大道"),
    ("常州", "江苏省", "0519", "新北区黄河西路"),
    ("宁波", "浙江省", "0574", "北仑区明州路"),
    ("温州", "浙江省", "0577", "龙湾区滨海大道"),
    ("台州", "浙江省", "0576", "路桥区金清大道"),
    ("苏州", "江苏省", "0512", "相城区澄阳路"),
    ("无锡", "江苏省", "0510", "惠山区钱洛路"),
    ("青岛", "山东省", "0532", "城阳区正阳路"),
    ("潍坊", "山东省", "0536", "奎文区宝通街"),
    ("洛阳", "河南省", "0379", "涧西区建设路"),
    ("郑州", "河南省", "0371", "中牟县轩城大道"),
    ("武汉", "湖北省", "027", "江夏区光谷大道"),
    ("襄阳", "湖北省", "0710", "高新区邓城大道"),
    ("成都", "四川省", "028", "龙泉驿区车城大道"),
    ("德阳", "四川省", "0838", "旌阳区珠江路"),
    ("重庆", "", "023", "璧山区剑山路"),
    ("西安", "陕西省", "029", "高陵区泾渭路"),
    ("宝鸡", "陕西省", "0917", "高新区高新大道"),
    ("太原", "山西省", "0351", "万柏林区和平北路"),
    ("唐山", "河北省", "0315", "开平区北环道"),
    ("沈阳", "辽宁省", "024", "铁西区沈辽西路"),
    ("大连", "辽宁省", "0411", "金州区拥政街"),
    ("长春", "吉林省", "0431", "绿园区西新工业区"),
    ("哈尔滨", "黑龙江省", "0451", "平房区哈南大道"),
    ("合肥", "安徽省", "0551", "肥西县派河大道"),
    ("芜湖", "安徽省", "0553", "鸠江区万春路"),
    ("厦门", "福建省", "0592", "集美区灌口南路"),
    ("泉州", "福建省", "0595", "南安市滨江大道"),
    ("佛山", "广东省", "0757", "南海区狮山镇兴业路"),
    ("东莞", "广东省", "0769", "长安镇振安路"),
    ("深圳", "广东省", "0755", "宝安区福永街道福园路"),
    ("天津", "", "022", "西青区赛达大道"),
    ("上海", "", "021", "松江区莘砖公路"),
    ("南昌", "江西省", "0791", "小蓝经开区富山大道"),
    ("贵阳", "贵州省", "0851", "白云区沙文大道"),
    ("昆明", "云南省", "0871", "官渡区经开路"),
    ("乌鲁木齐", "新疆", "0991", "米东区米东北路"),
)
FIRST = "恒盛华鑫宏永瑞泰嘉凯隆昌正祥博科"
SECOND = "达源通力创远腾信诚锐岳川宇航扬卓"
TRADES: tuple[tuple[str, str, str], ...] = (
    ("工程机械", "挖掘机、装载机整机", "hydraulic excavators and loaders"),
    ("矿山机械", "液压支架、掘进机", "roof supports and roadheaders"),
    ("农业装备", "拖拉机、收获机械", "tractors and harvesters"),
    ("液压", "液压系统与油缸集成", "hydraulic systems"),
    ("重型机器", "冶金轧制设备", "rolling mills"),
    ("注塑机", "注塑成型设备", "injection moulding machines"),
    ("机床", "数控机床、加工中心", "machining centres"),
    ("环卫装备", "垃圾压缩车、清扫车", "refuse lorries and sweepers"),
    ("船舶配套", "舵机、锚机、甲板机械", "deck machinery"),
    ("起重运输设备", "汽车吊、叉车", "cranes and fork-lifts"),
    ("机电设备贸易", "液压件经销", "hydraulic parts, dealer"),
    ("风电装备", "变桨与偏航液压站", "wind turbine hydraulics"),
)
FORMS = ("有限公司", "有限公司", "有限公司", "股份有限公司", "有限责任公司", "（集团）有限公司")
LONG = "{city}{brand}{trade}（集团）股份有限公司{road}第二制造事业部采购与供应商质量管理中心"
KINDS = ("民营企业", "民营企业", "民营企业", "国有企业", "股份制企业", "外商独资", "中外合资")
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文解单仇"
GIVEN = (
    "建国",
    "志强",
    "海燕",
    "晓明",
    "丽华",
    "国栋",
    "文静",
    "立新",
    "雪梅",
    "永刚",
    "佳怡",
    "振东",
    "春霞",
    "浩然",
    "思远",
    "美玲",
    "伟",
    "敏",
    "磊",
    "芳",
    "涛",
    "婷",
    "军",
    "静",
    "斌",
    "洁",
    "勇",
    "娜",
    "俊杰",
    "雨欣",
)
POSTS: tuple[tuple[str, str, str], ...] = (
    ("purchasing", "采购工程师", "Buyer"),
    ("quality", "质量工程师（SQE）", "Supplier quality engineer"),
    ("incoming", "来料检验员", "Incoming inspector"),
    ("technical", "液压设计工程师", "Hydraulics engineer"),
    ("production", "装配车间主任", "Assembly foreman"),
    ("warehouse", "仓库主管", "Warehouse supervisor"),
    ("manager", "副总经理", "Deputy general manager"),
    ("finance", "应付会计", "Accounts payable"),
)
ENGLISH_NAMES = (
    "Northfield",
    "Kestrel",
    "Aurora",
    "Redwood",
    "Blackthorn",
    "Summit",
    "Highland",
    "Pinecrest",
    "Seaford",
    "Ironbridge",
    "Maple Ridge",
    "Stonehaven",
    "Eastgate",
    "Lakeview",
    "Fairmont",
    "Oakham",
    "Westmark",
    "Silverton",
    "Greystone",
    "Harrow",
)
ENGLISH_TRADES = (
    "Agri Machinery",
    "Mining Equipment",
    "Marine Hydraulics",
    "Fluid Power",
    "Lifting Systems",
    "Earthmoving",
    "Forestry Equipment",
    "Drilling Tools",
    "Press Technology",
    "Municipal Vehicles",
)
ENGLISH_PLACES: tuple[tuple[str, str, str], ...] = (
    ("Ltd", "14 Foundry Lane, Leeds LS10, United Kingdom", "+44 113 496 0"),
    ("Inc.", "2200 Industrial Parkway, Peoria, IL 61602, USA", "+1 309 555 0"),
    ("Pty Ltd", "8 Smelter Road, Mackay QLD 4740, Australia", "+61 7 5550 0"),
    ("GmbH", "Werkstraße 12, 70565 Stuttgart, Germany", "+49 711 5550 0"),
    ("AS", "Havnegata 5, 5003 Bergen, Norway", "+47 555 50 0"),
    ("Sdn Bhd", "Lot 9, Jalan Perusahaan, 81100 Johor Bahru, Malaysia", "+60 7 555 0"),
    ("Pvt Ltd", "Plot 31, MIDC Bhosari, Pune 411026, India", "+91 20 5550 0"),
    ("Ltda", "Rua das Usinas 77, Caxias do Sul, Brazil", "+55 54 5550 0"),
)
ENGLISH_PEOPLE = (
    "Emma Clark",
    "James Walker",
    "Olivia Hughes",
    "Daniel Novak",
    "Sofia Rossi",
    "Liam O'Brien",
    "Hannah Weber",
    "Rajesh Iyer",
    "Grace Tan",
    "Marcus Lund",
    "Priya Nair",
    "Thomas Meyer",
    "Isabel Costa",
    "Owen Price",
    "Nora Eriksen",
    "Samuel Reed",
)
TIERS = ("A", "B", "B", "C", "C", "C")
EVERY_ENGLISH = 10
EVERY_LONG = 37


@dataclass(frozen=True, slots=True)
class Company:
    """What is known of one customer: its card, the people who speak for it, and the language they write in."""

    facts: CustomerFacts
    people: tuple[ContactPersonFacts, ...]
    language: str


def company(place: int, random: Random) -> Company:
    """The customer at ``place`` (from 0) of the line; no two of the first hundred thousand have the same name."""
    return _english(place, random) if place % EVERY_ENGLISH == 2 else _chinese(place, random)


def _chinese(place: int, random: Random) -> Company:
    # A step without a common factor walks through every combination before it meets one again.
    combinations = len(CITIES) * len(FIRST) * len(SECOND) * len(TRADES)
    left = place * 45_331 % combinations
    left, city = divmod(left, len(CITIES))
    left, trade = divmod(left, len(TRADES))
    second, first = divmod(left, len(FIRST))
    name, province, code, road = CITIES[city]
    brand = FIRST[first] + SECOND[second]
    what, products, _ = TRADES[trade]
    whole = f"{name}{brand}{what}{random.choice(FORMS)}"
    if place % EVERY_LONG == 3:
        whole = LONG.format(city=name, brand=brand, trade=what, road=road[:3])
    telephone = f"{code}-{5550_0000 + random.randrange(10_000)}"
    facts = CustomerFacts(
        name=whole,
        short_name=f"{brand}{what}"[:8],
        tier=random.choice(TIERS),
        enterprise_kind=random.choice(KINDS),
        main_products=products,
        address=f"{province}{name}市{road}{random.randrange(1, 999)}号",
        telephone=telephone,
        fax=telephone[:-4] + f"{random.randrange(10_000):04}" if random.random() < 0.3 else "",
        warranty_months=random.choice((None, None, None, 12, 18, 24)),
    )
    count = random.choice((1, 1, 2, 2, 3))
    return Company(facts, tuple(_speaker(place, k, random) for k in range(count)), "zh")


def _speaker(place: int, k: int, random: Random) -> ContactPersonFacts:
    role, post, _ = random.choice(POSTS)
    mobile = f"13{random.randrange(10)}0000{(place * 3 + k) % 10_000:04}"
    name = random.choice(SURNAMES) + random.choice(GIVEN)
    return ContactPersonFacts(
        name=name,
        role=role,
        post=post,
        mobile=mobile,
        email=f"{role}{k + 1}@c{place + 1001}.example" if random.random() < 0.6 else "",
        wechat=f"wx_{mobile[-6:]}" if random.random() < 0.4 else "",
    )


def _english(place: int, random: Random) -> Company:
    number = place // EVERY_ENGLISH
    left, first = divmod(number, len(ENGLISH_NAMES))
    left, trade = divmod(left * 7 + first, len(ENGLISH_TRADES))
    form, address, telephone = ENGLISH_PLACES[(number + left) % len(ENGLISH_PLACES)]
    lap = number // (len(ENGLISH_NAMES) * len(ENGLISH_TRADES))
    name = f"{ENGLISH_NAMES[first]} {ENGLISH_TRADES[trade]}{f' {lap + 1}' if lap else ''} {form}"
    facts = CustomerFacts(
        name=name,
        short_name=ENGLISH_NAMES[first],
        name_en=name,
        tier=random.choice(TIERS),
        main_products=ENGLISH_TRADES[trade],
        address=address,
        telephone=f"{telephone}{random.randrange(100, 999)}",
    )
    people = []
    for k in range(random.choice((1, 1, 2))):
        role, _, post = random.choice(POSTS)
        person = random.choice(ENGLISH_PEOPLE)
        email = f"{person.split()[0].lower()}.{k + 1}@{ENGLISH_NAMES[first].split()[0].lower()}{number}.example"
        people.append(
            ContactPersonFacts(
                name=person,
                role=role,
                post=post,
                telephone=f"{telephone}{random.randrange(100, 999)}",
                email=email,
            )
        )
    return Company(facts, tuple(people), "en")
