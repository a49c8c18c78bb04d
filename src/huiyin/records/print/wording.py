"""The words around a printed record, and how a label stands in one or both languages."""

from __future__ import annotations

import unicodedata

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
    """A word within a line, such as an option or a value: one language, or ``中文 English``."""
    return " ".join(label(text, language).split("\n"))


def furniture(language: Language) -> dict[str, str]:
    """The words around the record; those with places keep them: ``{page}``, ``{pages}``, ``{n}``."""
    between = dict.fromkeys(_LABELS, "\n") | dict.fromkeys(_SENTENCES, " · ")
    return {key: between.get(key, " ").join(label(text, language).split("\n")) for key, text in FURNITURE.items()}


_LABELS = {"signed", "date"}
_SENTENCES = {"journal_entry", "missing", "no_picture"}
