"""Sentences of what can happen to any record."""

from huiyin.journal.phrases import register_sentence
from huiyin.kernel.text import t

register_sentence("record.commented", t("{actor}留言：{text}", "{actor} commented: {text}"))
register_sentence("record.file_attached", t("{actor}添加了文件 {name}", "{actor} added the file {name}"))
register_sentence("record.file_removed", t("{actor}去掉了文件 {name}", "{actor} took the file {name} off"))
register_sentence("record.signed", t("{actor}以“{role}”签字：{statement}", "{actor} signed as {role}: {statement}"))
register_sentence("record.printed", t("{actor}打印了{form}", "{actor} printed {form}"))
register_sentence("record.exported", t("{actor}导出了{form}", "{actor} exported {form}"))
register_sentence(
    "list.exported",
    t(
        "{actor}导出了列表“{list}”（{count} 行，{format}）",
        "{actor} exported the list “{list}” ({count} rows, {format})",
    ),
)
register_sentence("record.linked", t("{actor}把一件{what}与本记录关联", "{actor} tied a record to this one: {what}"))
register_sentence("record.unlinked", t("{actor}解除了与一件{what}的关联", "{actor} undid the tie to a record: {what}"))
