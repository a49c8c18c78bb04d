"""Chinese names in letters: full pinyin and initials, by which people type a customer while on the telephone."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice, product
from typing import Any

from huiyin.customers.places import CITIES, PROVINCES

# Surnames whose reading differs from the character's usual one. Two characters first.
SURNAMES = {
    "万俟": ("mo", "qi"),
    "尉迟": ("yu", "chi"),
    "澹台": ("tan", "tai"),
    "长孙": ("zhang", "sun"),
    "令狐": ("ling", "hu"),
    "单于": ("chan", "yu"),
    "宰父": ("zai", "fu"),
    "单": ("shan",),
    "解": ("xie",),
    "仇": ("qiu",),
    "查": ("zha",),
    "曾": ("zeng",),
    "朴": ("piao",),
    "区": ("ou",),
    "盖": ("ge",),
    "任": ("ren",),
    "华": ("hua",),
    "纪": ("ji",),
    "缪": ("miao",),
    "宁": ("ning",),
    "冼": ("xian",),
    "洗": ("xian",),
    "覃": ("qin",),
    "翟": ("zhai",),
    "员": ("yun",),
    "卜": ("bu",),
    "种": ("chong",),
    "秘": ("bi",),
    "那": ("na",),
    "黑": ("he",),
    "盛": ("sheng",),
    "尉": ("wei",),
    "隗": ("wei",),
    "繁": ("po",),
    "逄": ("pang",),
    "乜": ("nie",),
    "召": ("shao",),
    "折": ("she",),
    "宿": ("su",),
    "句": ("gou",),
    "都": ("du",),
    "车": ("che",),
    "晁": ("chao",),
    "葛": ("ge",),
    "藏": ("zang",),
    "柏": ("bai",),
    "贾": ("jia",),
    "沈": ("shen",),
    "石": ("shi",),
    "能": ("nai",),
    "曲": ("qu",),
    "牟": ("mu",),
    "乐": ("yue",),
    "适": ("kuo",),
    "祭": ("zhai",),
    "卒": ("cui",),
    "六": ("lu",),
    "郗": ("xi",),
    "郇": ("xun",),
    "粘": ("nian",),
    "褚": ("chu",),
    "幺": ("yao",),
    "舍": ("she",),
    "重": ("chong",),
    "长": ("zhang",),
    "占": ("zhan",),
    "行": ("xing",),
}

# Words of company names and places that a general dictionary reads otherwise.
WORDS = {
    "长安": "chang an",
    "长安镇": "chang an zhen",
    "朝阳": "chao yang",
    "长垣": "chang yuan",
    "长子县": "zhang zi xian",
    "重工": "zhong gong",
    "重机": "zhong ji",
    "重型": "zhong xing",
    "重汽": "zhong qi",
    "长虹": "chang hong",
    "长荣": "chang rong",
    "长兴": "chang xing",
    "长城": "chang cheng",
    "长江": "chang jiang",
    "六安": "lu an",
    "乐清": "yue qing",
    "台州": "tai zhou",
    "会泽": "hui ze",
    "会稽": "kuai ji",
    "莘庄": "xin zhuang",
    "调速": "tiao su",
    "调节": "tiao jie",
    "传感": "chuan gan",
    "厦工": "xia gong",
    "柏林": "bo lin",
}

# Characters of company names that are read in two ways, with the first letter of each.
TWO_WAYS = {
    "长": "cz",
    "重": "zc",
    "行": "xh",
    "乐": "ly",
    "朝": "cz",
    "调": "td",
    "传": "cz",
    "曾": "cz",
    "单": "ds",
    "解": "jx",
    "会": "hk",
    "藏": "cz",
    "厦": "sx",
    "盛": "sc",
    "种": "zc",
    "查": "cz",
    "仇": "cq",
    "朴": "pb",
    "覃": "tq",
    "贾": "jg",
    "车": "cj",
    "扎": "zx",
    "石": "sd",
    "校": "xj",
    "称": "cz",
    "澄": "cd",
    "叶": "yx",
    "尉": "wy",
    "万": "wm",
    "洗": "xs",
    "六": "ll",
    "系": "xj",
    "省": "sx",
    "奇": "qj",
    "期": "qj",
    "差": "cs",
    "参": "cs",
    "弹": "td",
    "钻": "zz",
    "荷": "hh",
}

_ENDINGS = re.compile(
    r"(?:集团)?(?:股份)?(?:有限)?(?:责任)?(?:公司|总公司|集团|总厂|厂|分公司|经营部|商行|商店)$|（[^）]*）$|\([^)]*\)$"
)
_REGION = re.compile(r"^[\u4e00-\u9fff]{2,4}?(?:特别行政区|自治区|自治州|省|市|县|区)")
_RUN = re.compile(r"[\u3400-\u9fff]+|[^\W\d_\u3400-\u9fff]+|\d+")
_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class SpelledName:
    """A name in letters: full pinyin and initials of its heart, and initials of the whole name."""

    pinyin: str
    initials: str
    name_initials: str


def core_name(name: str) -> str:
    """What people call a company: without place, legal form and brackets (宁波海川机电有限公司 → 海川机电)."""
    core = re.sub(r"[（(][^）)]*[）)]", "", name).strip()
    for _ in range(3):
        cut = _ENDINGS.sub("", core)
        if len(cut) < 2 or cut == core:
            break
        core = cut
    for places in (PROVINCES, CITIES):
        place = next((core[:n] for n in (4, 3, 2) if core[:n] in places), "")
        rest = core.removeprefix(place).lstrip("省市县区") if place else core
        core = rest if len(rest) >= 2 else core
    rest = _REGION.sub("", core)
    return rest if len(rest) >= 2 else core


def spell_name(name: str, short_name: str = "", *, person: bool = False) -> SpelledName:
    """``name`` in letters; the heart is ``short_name`` where the company has one, else what ``core_name`` finds."""
    if person:
        letters = person_letters(name)
        return _spelled(letters, letters)
    return _spelled(letters_of(short_name or core_name(name)), letters_of(name))


def _spelled(heart: tuple[str, ...], whole: tuple[str, ...]) -> SpelledName:
    return SpelledName("".join(heart)[:240], _initials(heart)[:60], _initials(whole)[:120])


def _initials(letters: tuple[str, ...]) -> str:
    """First letter of each syllable; words that were Latin already stay whole."""
    return "".join(syllable if syllable.isdigit() else syllable[0] for syllable in letters)


def letters_of(text: str) -> tuple[str, ...]:
    """The syllables of ``text`` in lower case; Latin words and numbers count as one each, signs are dropped."""
    found: list[str] = []
    for run in _RUN.findall(text):
        if _HAN.match(run):
            found += [syllable for word in _cutter().cut(run) for syllable in _syllables(word)]
        else:
            found.append(_plain(run))
    return tuple(found)


def person_letters(name: str) -> tuple[str, ...]:
    """The syllables of a person's name, the surname read as a surname (单 shan, 仇 qiu, 曾 zeng)."""
    name = name.strip()
    for length in (2, 1):
        reading = SURNAMES.get(name[:length])
        if reading and len(name) > length:
            return (*reading, *letters_of(name[length:]))
    return letters_of(name)


def other_initials(name: str, usual: str = "", *, most: int = 8) -> tuple[str, ...]:
    """Initials under the other readings of a name's heart (长 c/z, 重 z/c, 行 x/h), without the ``usual`` one."""
    heart = core_name(name)
    if not any(char in TWO_WAYS for char in heart):
        return ()
    usual = usual or _initials(letters_of(heart))
    if len(usual) != len(heart):
        return ()
    choices = [TWO_WAYS.get(char, letter) for char, letter in zip(heart, usual, strict=True)]
    every = ("".join(letters) for letters in islice(product(*choices), 64))
    return tuple(dict.fromkeys(word for word in every if word != usual))[:most]


def _plain(word: str) -> str:
    """A Latin word in lower case without accents."""
    folded = unicodedata.normalize("NFKD", word.casefold())
    return "".join(char for char in folded if not unicodedata.combining(char))


@cache
def _cutter() -> Any:
    """pypinyin's cutting of text into words it knows, our own among them; loaded on first use, for it takes a while."""
    from pypinyin import load_phrases_dict
    from pypinyin.seg import mmseg

    load_phrases_dict({word: [[syllable] for syllable in reading.split()] for word, reading in WORDS.items()})
    mmseg.retrain(mmseg.seg)
    return mmseg.seg


@lru_cache(maxsize=20_000)
def _syllables(word: str) -> tuple[str, ...]:
    """The syllables of one word; names are made of few words, so nearly all are known already."""
    from pypinyin import lazy_pinyin

    return tuple(s.lower() for s in lazy_pinyin(word, errors="ignore") if s.isascii())
