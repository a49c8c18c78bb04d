"""The words around a printed record, and how a label stands in one or both languages."""

from __future__ import annotations

import unicodedata
from itertools import takewhile

from huiyin.kernel.text import Text, t
from huiyin.records.print.sheets import Language

FURNITURE: dict[str, Text] = {
    "form_number": t("编号", "Form no."),
    "revision": t("版次", "Rev."),
    "record_number": t("记录编号", "Record no."),
    "state": t("状态", "State"),
    "retention": t("保存期限", "Retention"),
    "procedure": t("程序版本", "Procedure"),
    "printed": t("打印", "Printed by"),
    "journal": t("记录指纹", "Record fingerprint"),
    "journal_entry": t("第 {n} 条", "entry {n}"),
    "page": t("第 {page} 页 共 {pages} 页", "Page {page} of {pages}"),
    "signed": t("签名", "Signed"),
    "date": t("日期", "Date"),
    "nothing": t("无", "None"),
    "photo": t("照片", "Photo"),
    "no_picture": t("图片无法显示", "This picture cannot be shown"),
    "missing": t("〓 代替字库未收录的字符", "〓 stands for characters that the typeface lacks"),
}


def label(text: Text, language: Language) -> str:
    """A label as blocks take it: one language, or the English below the Chinese."""
    if language == "both":
        zh, en = text.show("zh"), text.show("en")
        return zh if is_same(zh, en) else f"{zh}\n{en}"
    return text.show(language)


def is_same(zh: str, en: str) -> bool:
    """Whether both say the same in the same words, but for the width of signs and the blanks between them."""
    return zh == en or _plain(zh) == _plain(en)


def _plain(words: str) -> str:
    return "".join(unicodedata.normalize("NFKC", words).split())


def inline(text: Text, language: Language) -> str:
    """A word within a line, such as an option or a value: one language, or ``中文 English``. A number or somebody's own
    words with which both begin are said once: ``12 件 pieces``.
    """
    zh, *others = label(text, language).split("\n") if language == "both" else [text.show(language)]
    return " ".join([*zh.split("\n"), *(_without_beginning(other, zh) for other in others)])


def _without_beginning(en: str, zh: str) -> str:
    """The English without what stands before it in Chinese already, whole words only."""
    alike = takewhile(lambda signs: signs[0] == signs[1], zip(en, zh, strict=False))
    same = sum(1 for _ in alike)
    while same and en[same - 1].isalnum() and en[same : same + 1].isalnum():
        same -= 1
    return en[same:].lstrip() or en


def width_of(words: str) -> float:
    """How wide words are set, in Chinese characters."""
    return sum(1.0 if unicodedata.east_asian_width(sign) in "WF" else 0.55 for sign in words)


def furniture(language: Language) -> dict[str, str]:
    """The words around the record; those with places keep them: ``{page}``, ``{pages}``, ``{n}``."""
    between = dict.fromkeys(_LABELS, "\n") | dict.fromkeys(_SENTENCES, " · ")
    return {key: between.get(key, " ").join(label(text, language).split("\n")) for key, text in FURNITURE.items()}


_LABELS = {"signed", "date"}
_SENTENCES = {"journal_entry", "missing", "no_picture"}
