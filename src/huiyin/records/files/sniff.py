"""What a file really is, read from its bytes; its name must agree. Pure functions of bytes and names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import IO
from zipfile import BadZipFile, LargeZipFile, ZipFile

from huiyin.kernel.text import Text, t

HEAD = 4096
LONGEST_NAME = 200
MOST_ENTRIES = 10_000
MOST_UNPACKED = 2 * 1024**3
SURE_UNPACKED = 100 * 1024**2
"""Up to this size an archive may be packed as tightly as it likes; beyond, no real one shrinks a hundredfold."""
TIGHTEST = 100


class FileRejected(Exception):
    """The file is not taken; ``reason`` is for the reader."""

    def __init__(self, reason: Text) -> None:
        self.reason = reason
        super().__init__(str(reason))


@dataclass(frozen=True, slots=True)
class FileType:
    """A kind of file that is taken; ``suffixes`` are the endings its name may have, the usual one first."""

    mime: str
    label: Text
    suffixes: tuple[str, ...]
    picture: str = ""
    """Pillow's name of the format when it can be shown as a picture."""
    shown: bool = False
    """Whether a browser may show it in the page's place instead of saving it."""


TYPES: Mapping[str, FileType] = MappingProxyType(
    {
        "jpeg": FileType("image/jpeg", t("JPEG 图片", "a JPEG picture"), ("jpg", "jpeg", "jfif"), "JPEG", True),
        "png": FileType("image/png", t("PNG 图片", "a PNG picture"), ("png",), "PNG", True),
        "gif": FileType("image/gif", t("GIF 图片", "a GIF picture"), ("gif",), "GIF", True),
        "webp": FileType("image/webp", t("WebP 图片", "a WebP picture"), ("webp",), "WEBP", True),
        "bmp": FileType("image/bmp", t("BMP 图片", "a BMP picture"), ("bmp",), "BMP", True),
        "heic": FileType("image/heic", t("HEIC 图片", "a HEIC picture"), ("heic", "heif")),
        "pdf": FileType("application/pdf", t("PDF 文件", "a PDF document"), ("pdf",), shown=True),
        "docx": FileType(
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            t("Word 文档", "a Word document"),
            ("docx",),
        ),
        "xlsx": FileType(
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            t("Excel 表格", "an Excel workbook"),
            ("xlsx",),
        ),
        "pptx": FileType(
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            t("PowerPoint 演示", "a PowerPoint file"),
            ("pptx",),
        ),
        "zip": FileType("application/zip", t("ZIP 压缩包", "a ZIP archive"), ("zip",)),
        "ole": FileType(
            "application/x-ole-storage",
            t("旧版 Office 文件", "an older Office file"),
            ("doc", "xls", "ppt", "msg", "wps", "et", "dps"),
        ),
        "mp4": FileType("video/mp4", t("MP4 视频", "an MP4 video"), ("mp4", "m4v", "3gp")),
        "mov": FileType("video/quicktime", t("MOV 视频", "a MOV video"), ("mov",)),
        "text": FileType("text/plain", t("文本", "plain text"), ("txt", "log", "md")),
        "csv": FileType("text/csv", t("CSV 表格", "comma-separated text"), ("csv",)),
        "eml": FileType("message/rfc822", t("邮件", "an e-mail"), ("eml",)),
    }
)
BY_SUFFIX = {suffix: key for key, kind in TYPES.items() for suffix in kind.suffixes}
AS_TEXT = frozenset({"text", "csv", "eml"})
OLE_MIMES = {
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
}

PROGRAM = t("可执行文件", "a program")
SCRIPT = t("脚本", "a script")
PAGE = t("网页", "a web page")
DRAWING = t("SVG 矢量图", "an SVG drawing")
ARCHIVE = t("这里打不开的压缩包（请改用 ZIP）", "an archive that cannot be looked into (use ZIP)")

_REFUSED: tuple[tuple[bytes, Text], ...] = (
    (b"MZ", PROGRAM),
    (b"\x7fELF", PROGRAM),
    (b"\xfe\xed\xfa\xce", PROGRAM),
    (b"\xfe\xed\xfa\xcf", PROGRAM),
    (b"\xce\xfa\xed\xfe", PROGRAM),
    (b"\xcf\xfa\xed\xfe", PROGRAM),
    (b"\xca\xfe\xba\xbe", PROGRAM),
    (b"dex\n", PROGRAM),
    (b"L\x00\x00\x00\x01\x14\x02\x00", t("快捷方式", "a shortcut")),
    (b"Rar!\x1a\x07", ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", ARCHIVE),
    (b"\x1f\x8b", ARCHIVE),
    (b"BZh", ARCHIVE),
    (b"\xfd7zXZ\x00", ARCHIVE),
    (b"MSCF", ARCHIVE),
)
_REFUSED_TEXTS: tuple[tuple[bytes, Text], ...] = (
    (b"#!", SCRIPT),
    (b"<?php", SCRIPT),
    (b"{\\rtf", t("RTF 文件（请另存为 docx）", "an RTF file (save it as docx)")),
)
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
)
_HEIC = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif"})
_MACROS_OLE = "_VBA_PROJECT".encode("utf-16-le")
_ACTIVE_SUFFIXES = (
    "exe dll scr com pif cpl msi msp bat cmd ps1 psm1 vbs vbe js jse wsf wsh hta lnk reg jar apk sh py php"
    " docm dotm xlsm xltm xlam pptm potm ppam html htm xhtml svg"
)
ACTIVE = frozenset(_ACTIVE_SUFFIXES.split())
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x19\x1c-\x1f\x7f]")
_OPENING = re.compile(r"(?:\s|<!--.*?-->|<\?xml[^>]*>)*", re.DOTALL)
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body|script|iframe|meta|object|embed|form)\b", re.IGNORECASE)
_DRAWING = re.compile(r"<(?:!doctype\s+svg|(?:\w+:)?svg)\b", re.IGNORECASE)
_HEADER = re.compile(r"(?:>?From [^\n]*\n)?[!-9;-~]+:[ \t]?")
_UNSAFE = re.compile(r'[<>:"|?*]')


def clean_name(name: str) -> str:
    """A file's name without folders, invisible and direction-changing characters, at most 200 characters,
    its ending kept.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    seen = "".join(c for c in last if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp"))
    tidy = _UNSAFE.sub("_", seen).strip(" .")
    stem, dot, suffix = tidy.rpartition(".")
    if dot and len(suffix) <= 10:
        return f"{stem[: LONGEST_NAME - len(suffix) - 1].rstrip(' .') or 'file'}.{suffix}"
    return tidy[:LONGEST_NAME].rstrip(" .") or "file"


def suffix_of(name: str) -> str:
    """The ending of a name in small letters, without the dot; empty without one."""
    stem, dot, suffix = name.rpartition(".")
    return suffix.lower() if dot and stem and len(suffix) <= 10 else ""


def check_file(name: str, file: IO[bytes]) -> tuple[str, str]:
    """The clean name and the key of the type of ``file``; raises Unfit with the reason when it is not taken."""
    name = clean_name(name)
    suffix = suffix_of(name)
    if suffix in ACTIVE:
        raise FileRejected(
            t(
                "{name}：不接受 .{suffix} 文件，它能在别人的电脑上运行",
                "{name}: .{suffix} files are not taken, they can run programs",
                name=name,
                suffix=suffix,
            )
        )
    key = detect_type(name, file)
    if not suffix:
        return f"{name}.{TYPES[key].suffixes[0]}", key
    expected = BY_SUFFIX.get(suffix)
    if expected == key:
        return name, key
    if expected in AS_TEXT and key == "text":
        return name, expected
    if expected is None:
        raise FileRejected(
            t(
                "{name}：不接受 .{suffix} 文件",
                "{name}: .{suffix} files are not taken",
                name=name,
                suffix=suffix,
            )
        )
    raise _disguised(name, TYPES[key].label)


def detect_type(name: str, file: IO[bytes]) -> str:
    """The key of the type that the bytes show; raises Unfit for what is never taken or not known."""
    file.seek(0)
    head = file.read(HEAD)
    if not head:
        raise FileRejected(t("{name}：文件是空的", "{name}: the file is empty", name=name))
    bare = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    # Words may begin like a program ("MZ-200 …"); what a machine runs has bytes that no words have.
    refused = (*_REFUSED, *_REFUSED_TEXTS) if _CONTROL.search(head) else _REFUSED_TEXTS
    for magic, what in refused:
        if head.startswith(magic) or bare.startswith(magic):
            raise _disguised(name, what)
    for magic, key in _MAGIC:
        if head.startswith(magic):
            return _without_macros(name, file) if key == "ole" else key
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if head[:2] == b"BM" and head[6:10] == b"\x00\x00\x00\x00":
        return "bmp"
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return _archive(name, file)
    if head[4:8] == b"ftyp":
        return "heic" if head[8:12] in _HEIC else "mov" if head[8:12] == b"qt  " else "mp4"
    if head[4:8] in (b"moov", b"mdat", b"wide"):
        return "mov"
    return _text(name, file)


def mime_of(key: str, name: str) -> str:
    """The media type under which a file is sent."""
    return OLE_MIMES.get(suffix_of(name), TYPES[key].mime) if key == "ole" else TYPES[key].mime


def accepted() -> str:
    """The endings that are taken, for sentences and for the browser's file chooser."""
    return " ".join(f".{suffix}" for suffix in BY_SUFFIX)


def _disguised(name: str, what: Text) -> FileRejected:
    """The refusal of a file whose name promises something else than it holds, or of what is never taken."""
    if suffix_of(name) in BY_SUFFIX:
        return FileRejected(
            t("名为 {name}，内容却是{what}", "It is named {name}, but it holds {what}", name=name, what=what)
        )
    return FileRejected(t("{name}：不接受{what}", "{name}: {what} is not taken", name=name, what=what))


def _archive(name: str, file: IO[bytes]) -> str:
    """A ZIP, or an Office file in one; looked at by its list of contents, never unpacked."""
    file.seek(0, 2)
    size = file.tell()
    try:
        with ZipFile(file) as archive:
            entries = archive.infolist()
    except (
        BadZipFile,
        LargeZipFile,
        OSError,
        ValueError,
        RuntimeError,
        OverflowError,
        UnicodeDecodeError,
    ):
        raise FileRejected(t("{name}：压缩包已损坏", "{name}: the archive is damaged", name=name)) from None
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED or unpacked > max(SURE_UNPACKED, size * TIGHTEST):
        raise FileRejected(
            t("{name}：压缩包展开后大得反常", "{name}: the archive unpacks to an abnormal size", name=name)
        )
    names = [entry.filename for entry in entries]
    if any(one.rpartition("/")[2].lower() == "vbaproject.bin" for one in names):
        raise FileRejected(_with_macros(name))
    if "[Content_Types].xml" in names:
        for folder, key in (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx")):
            if any(one.startswith(folder) for one in names):
                return key
    active = next((one for one in names if suffix_of(one) in ACTIVE), None)
    if active is not None:
        raise FileRejected(
            t(
                "{name}：压缩包里有能运行的文件 {inner}",
                "{name}: the archive holds {inner}, which can run",
                name=name,
                inner=clean_name(active),
            )
        )
    return "zip"


def _without_macros(name: str, file: IO[bytes]) -> str:
    file.seek(0)
    tail = b""
    while block := file.read(1 << 20):
        if _MACROS_OLE in tail + block:
            raise FileRejected(_with_macros(name))
        tail = block[-len(_MACROS_OLE) :]
    return "ole"


def _with_macros(name: str) -> Text:
    return t("{name}：文件里有宏，请去掉后再上传", "{name}: it holds macros; remove them and try again", name=name)


def _text(name: str, file: IO[bytes]) -> str:
    """Text in an encoding that people here use, and not a page or a script in disguise."""
    file.seek(0)
    content = file.read()
    words = _decoded(content)
    if words is None:
        raise FileRejected(
            t(
                "{name}：认不出是什么文件，可以上传：{kinds}",
                "{name}: not a known kind of file; taken are: {kinds}",
                name=name,
                kinds=accepted(),
            )
        )
    opened = _OPENING.match(words[:20000]).end()  # type: ignore[union-attr]  # it matches nothing at least
    start = words[opened:][:100]
    if _DRAWING.match(start):
        raise _disguised(name, DRAWING)
    if _PAGE.match(start):
        raise _disguised(name, PAGE)
    if suffix_of(name) == "eml" and not _HEADER.match(words):
        raise FileRejected(t("{name}：不是一封邮件", "{name}: it is not an e-mail", name=name))
    return "text"


def _decoded(content: bytes) -> str | None:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif _CONTROL.search(content):
        return None
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
