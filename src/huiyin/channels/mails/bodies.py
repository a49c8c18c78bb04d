"""The words and the files of a mail, gathered from its parts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape
from mimetypes import guess_extension
from urllib.parse import unquote_to_bytes

from huiyin.channels.mails import tnef
from huiyin.channels.mails.charsets import decode
from huiyin.channels.mails.headers import unbase64
from huiyin.channels.mails.structure import HTML, PLAIN, MimePart
from huiyin.contacts.markup import as_text, sanitise_html
from huiyin.contacts.values import SEALED, MailFile
from huiyin.kernel.text import Text, t

LONGEST_TEXT = 100_000
LONGEST_HTML = 20_000_000
MOST_FILES = 100
SIGNATURES = frozenset({"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"})
MEDIA = ("image/", "audio/", "video/")
_META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_DATA = re.compile(r"data:(image/[a-z0-9.+-]{1,40})((?:;[^,;]{1,60})*),", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TextPart:
    """One stretch of the mail's text; ``html`` is harmless, None for plain text."""

    text: str
    html: str | None = None


@dataclass(slots=True)
class BodyCollector:
    """Gathers; ``files`` and ``notes`` are filled on the way."""

    files: list[MailFile] = field(default_factory=list)
    notes: list[Text] = field(default_factory=list)
    left_out: int = 0
    unnamed: int = 0
    remote: int = 0

    def of(self, root: MimePart) -> tuple[str, str]:
        """The mail's whole text, and its formatted text if it has any."""
        stretches = [one for one in self._words(root) if one.text or one.html]
        text = "\n\n".join(one.text for one in stretches if one.text)
        html = ""
        if any(one.html for one in stretches):
            html = "<hr>".join(one.html or _paragraph(one.text) for one in stretches)
        self._conclude(text)
        return text[:LONGEST_TEXT], html

    def _conclude(self, text: str) -> None:
        if len(text) > LONGEST_TEXT:
            self.notes.append(
                t(
                    "正文太长，只显示开头，全文在原文里",
                    "The text is very long; only its beginning is shown, all of it is in the original",
                )
            )
        if self.left_out:
            self.notes.append(
                t(
                    "另有 {n} 个附件只在原文里",
                    "Attachments in the original only: {n}",
                    n=self.left_out,
                )
            )
        if self.remote:
            self.notes.append(
                t(
                    "{n} 张外部网站上的图片没有载入",
                    "Pictures on other web sites, not loaded: {n}",
                    n=self.remote,
                )
            )
        if not text and not self.files:
            self.notes.append(t("这封邮件没有正文", "This mail has no text"))

    def _words(self, entity: MimePart) -> list[TextPart]:
        if entity.type == "multipart/alternative" and entity.is_multipart:
            return self._alternative(entity)
        if entity.is_multipart:
            quiet = entity.type == "multipart/report"  # what a bounce returns is our own text
            found: list[TextPart] = []
            for child in entity.children:
                found += self._file(child) if quiet and child.type.startswith("message/") else self._words(child)
            return found
        if entity.type.startswith(("message/rfc822", "message/global")):
            return self._enclosed(entity)
        if entity.type in (PLAIN, HTML) and not self._is_file(entity):
            return [self._text(entity)]
        return self._file(entity)

    @staticmethod
    def _is_file(entity: MimePart) -> bool:
        return entity.disposition == "attachment" or bool(entity.disposition and entity.file_name)

    def _alternative(self, entity: MimePart) -> list[TextPart]:
        """One text in several forms: plain words for reading and searching, formatted ones for looking at."""
        forms: list[TextPart] = []
        for child in entity.children:
            if child.type.startswith("text/") and child.type not in (PLAIN, HTML, "text/calendar"):
                continue
            forms += self._words(child)
        formatted = next((form for form in reversed(forms) if form.html), None)
        plain = next((form for form in forms if form.html is None and form.text.strip()), None)
        if formatted is None:
            return forms[:1] if plain is None else [plain]
        return [TextPart(plain.text if plain else formatted.text, formatted.html)]

    def _text(self, entity: MimePart) -> TextPart:
        data = entity.body()
        if entity.type == PLAIN:
            return TextPart(self._decoded(data, entity.charset).strip("\n").rstrip())
        meta = _META.search(data[:4096])
        charset = entity.charset or (meta[1].decode("ascii") if meta else None)
        found = sanitise_html(self._decoded(data, charset)[:LONGEST_HTML], embedded=self._embedded)
        self.remote += found.remote_pictures
        if found.cut:
            self.notes.append(
                t("版式太大，只显示开头", "The formatted text is very large; only its beginning is shown")
            )
        return TextPart(as_text(found.html), found.html)

    def _decoded(self, data: bytes, charset: str | None) -> str:
        found = decode(data, charset)
        if not found.whole:
            self.notes.append(
                t(
                    "有些字符读不出来（声明的编码：{charset}）",
                    "Some characters could not be read (declared charset: {charset})",
                    charset=(charset or "—")[:40],
                )
            )
        return found.text

    def _enclosed(self, entity: MimePart) -> list[TextPart]:
        """A mail sent along as a whole: kept as a file, its words after those of the mail that carries it."""
        inner = entity.children[0] if entity.children else None
        subject = inner.headers.text("subject") if inner is not None else ""
        self._keep(MailFile(_file_name(entity.file_name or subject, ".eml"), entity.body(), "message/rfc822"))
        if inner is None:
            return []
        head = [
            f"{name}: {value}" for name in ("From", "Date", "Subject") if (value := inner.headers.text(name.lower()))
        ]
        return [TextPart("\n".join(["--------", *head])), *self._words(inner)]

    def _file(self, entity: MimePart) -> list[TextPart]:
        """A part that is no text; signatures of mail programs are of no use to readers."""
        data = entity.body()
        name = entity.file_name
        if entity.type in SIGNATURES or not (data or name):
            return []
        if tnef.is_tnef(entity.type, name):
            self._unpack(data)
            return []
        if not name:
            self.unnamed += 1
            stem = entity.type.partition("/")[0] if entity.type.startswith(MEDIA) else "attachment"
            name = f"{stem}-{self.unnamed}{_ending(entity.type)}"
        inline = entity.headers.text("content-id").strip("<> ")[:200]
        self._keep(MailFile(name, data, entity.type, inline))
        return []

    def _unpack(self, data: bytes) -> None:
        inside = tnef.unpack(data)
        self._keep(MailFile("winmail.dat", data, SEALED, sealed=True))
        self.notes.append(
            t(
                "附件装在 Outlook 的 winmail.dat 里，从中取出 {n} 个文件",
                "Outlook packed the attachments into winmail.dat; files taken out of it: {n}",
                n=len(inside),
            )
        )
        for name, content in inside:
            self._keep(MailFile(name or "attachment", content))

    def _embedded(self, source: str) -> str:
        """A picture written into the formatted text: kept as a file; gives its id, empty when it is none."""
        match = _DATA.match(source[:400])
        if match is None:
            return ""
        content = source[match.end() :].encode("ascii", "ignore")
        data = unbase64(content) if ";base64" in match[2].lower() else unquote_to_bytes(content)
        self.unnamed += 1
        inline = f"embedded-{self.unnamed}"
        self._keep(MailFile(f"image-{self.unnamed}{_ending(match[1].lower())}", data, match[1].lower(), inline))
        return inline

    def _keep(self, file: MailFile) -> None:
        if len(self.files) < MOST_FILES:
            self.files.append(file)
        else:
            self.left_out += 1


def _ending(kind: str) -> str:
    return {"image/jpg": ".jpg", "image/jpeg": ".jpg"}.get(kind) or guess_extension(kind) or ".bin"


def _file_name(stem: str, ending: str) -> str:
    stem = stem[:120] or "mail"
    return stem if stem.lower().endswith(ending) else stem + ending


def _paragraph(text: str) -> str:
    return "<p>" + escape(text, quote=False).replace("\n", "<br>") + "</p>"
