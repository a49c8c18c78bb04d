"""What a file is, is read from its bytes; a name that says otherwise is refused with the reason."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from huiyin.records.files.sniff import BY_SUFFIX, TYPES, FileRejected, accepted, check_file, clean_name, mime_of
from tests.records.office import picture


def archive(**entries: bytes) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as packed:
        for name, content in entries.items():
            packed.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return made.getvalue()


def office(folder: str, **more: bytes) -> bytes:
    return archive(**{"[Content_Types]_dot_xml": b"<Types/>", f"{folder}__main_dot_xml": b"<x/>"}, **more)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
EXE = b"MZ\x90\x00\x03\x00\x00\x00" + bytes(200)
MP4 = b"\x00\x00\x00\x18ftypmp42" + bytes(40)
TAKEN = {
    "照片.jpg": (picture("JPEG"), "jpeg"),
    "PHOTO.JPEG": (picture("JPEG"), "jpeg"),
    "图.png": (picture("PNG"), "png"),
    "图.gif": (picture("GIF"), "gif"),
    "图.webp": (picture("WEBP"), "webp"),
    "图.bmp": (picture("BMP"), "bmp"),
    "图.heic": (b"\x00\x00\x00\x18ftypheic" + bytes(40), "heic"),
    "图纸.pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "pdf"),
    "报告.docx": (office("word"), "docx"),
    "数据.xlsx": (office("xl"), "xlsx"),
    "演示.pptx": (office("ppt"), "pptx"),
    "资料.zip": (archive(a_dot_txt=b"x"), "zip"),
    "旧.doc": (OLE, "ole"),
    "旧.et": (OLE, "ole"),
    "现场.mp4": (MP4, "mp4"),
    "现场.mov": (b"\x00\x00\x00\x14ftypqt  " + bytes(40), "mov"),
    "旧机.mov": (b"\x00\x00\x00\x08wide\x00\x00\x00\x00mdat", "mov"),
    "说明.txt": ("漏油，型号 MZ-200".encode(), "text"),
    "国标.txt": ("客户反映漏油".encode("gb18030"), "text"),
    "宽.txt": "漏油".encode("utf-16"),
    "MZ.txt": (b"MZ-200 leaks", "text"),
    "表.csv": (b"a,b\n1,2\n", "csv"),
    "邮件.eml": (b"From: a@example.com\nSubject: x\n\n<html>body</html>", "eml"),
}


@pytest.mark.parametrize("name", TAKEN)
def test_what_people_send_is_taken(name: str) -> None:
    given = TAKEN[name]
    content, key = given if isinstance(given, tuple) else (given, "text")
    assert check_file(name, BytesIO(content)) == (name, key)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("x.pdf", EXE, "名为 x.pdf，内容却是可执行文件"),
        ("x.jpg", b"\x7fELF\x02\x01\x01\x00", "名为 x.jpg，内容却是可执行文件"),
        ("x.jpg", picture("PNG"), "名为 x.jpg，内容却是PNG 图片"),
        ("x.pdf", picture("PNG"), "名为 x.pdf，内容却是PNG 图片"),
        ("x.txt", picture("PNG"), "名为 x.txt，内容却是PNG 图片"),
        ("x.docx", office("xl"), "名为 x.docx，内容却是Excel 表格"),
        ("x.png", "漏油".encode(), "名为 x.png，内容却是文本"),
        ("x.txt", b"  <!DOCTYPE html><html>", "名为 x.txt，内容却是网页"),
        ("x.csv", b"\xef\xbb\xbf<script>alert(1)</script>", "名为 x.csv，内容却是网页"),
        ("x.txt", b"<!-- a --><?xml version='1.0'?><svg onload=x>", "名为 x.txt，内容却是SVG 矢量图"),
        ("x.txt", "<html>".encode("utf-16"), "名为 x.txt，内容却是网页"),
        ("x.txt", b"#!/bin/sh\nrm -rf /", "名为 x.txt，内容却是脚本"),
        ("x.txt", b"<?php system($_GET[0]);", "名为 x.txt，内容却是脚本"),
        ("x.zip", b"Rar!\x1a\x07\x01\x00", "名为 x.zip，内容却是这里打不开的压缩包（请改用 ZIP）"),
        ("x.rar", b"Rar!\x1a\x07\x01\x00", "x.rar：不接受这里打不开的压缩包（请改用 ZIP）"),
        ("x.html", b"hello", "x.html：不接受 .html 文件，它能在别人的电脑上运行"),
        ("x.svg", b"hello", "x.svg：不接受 .svg 文件，它能在别人的电脑上运行"),
        ("setup.exe", EXE, "setup.exe：不接受 .exe 文件，它能在别人的电脑上运行"),
        ("x.docm", office("word"), "x.docm：不接受 .docm 文件，它能在别人的电脑上运行"),
        ("x.docx", office("word", word__vbaProject_dot_bin=b"x"), "x.docx：文件里有宏，请去掉后再上传"),
        ("x.xls", OLE + "_VBA_PROJECT".encode("utf-16-le"), "x.xls：文件里有宏，请去掉后再上传"),
        ("x.zip", archive(a__run_dot_exe=b"MZ"), "x.zip：压缩包里有能运行的文件 run.exe"),
        ("x.zip", archive(big=bytes(120_000_000)), "x.zip：压缩包展开后大得反常"),
        ("x.zip", b"PK\x03\x04" + bytes(60), "x.zip：压缩包已损坏"),
        ("x.xyz", b"hello", "x.xyz：不接受 .xyz 文件"),
        ("x.eml", b"<no header", "x.eml：不是一封邮件"),
        ("x.txt", b"", "x.txt：文件是空的"),
        ("x.dat", b"\x00\x01\x02\x03", f"x.dat：认不出是什么文件，可以上传：{accepted()}"),
    ],
)
def test_disguises_and_dangers_are_refused_with_the_reason(name: str, content: bytes, reason: str) -> None:
    with pytest.raises(FileRejected) as refused:
        check_file(name, BytesIO(content))
    assert refused.value.reason.show("zh") == reason
    assert refused.value.reason.show("en") != reason


def test_too_many_entries_are_a_bomb() -> None:
    with pytest.raises(FileRejected):
        check_file("x.zip", BytesIO(archive(**{f"n{i}": b"" for i in range(10_001)})))


def test_a_name_without_an_ending_gets_one() -> None:
    assert check_file("photo", BytesIO(picture("JPEG"))) == ("photo.jpg", "jpeg")


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\周\\照片.jpg", "照片.jpg"),
        ("发票\u202egpj.exe", "发票gpj.exe"),
        ("a\x00b\r\nc.txt", "abc.txt"),
        ('a<b>:"|?*.txt', "a_b______.txt"),
        (" . ", "file"),
        ("", "file"),
        (".htaccess", "htaccess"),
        ("长" * 300 + ".pdf", "长" * 196 + ".pdf"),
        ("无" * 300, "无" * 200),
        ("e\u0301.txt", "é.txt"),
    ],
)
def test_names_are_cleaned(name: str, cleaned: str) -> None:
    assert clean_name(name) == cleaned


def test_every_ending_belongs_to_one_type() -> None:
    assert len(BY_SUFFIX) == sum(len(kind.suffixes) for kind in TYPES.values())


def test_older_office_files_are_sent_as_what_they_are() -> None:
    assert mime_of("ole", "a.xls") == "application/vnd.ms-excel"
    assert mime_of("ole", "a.wps") == "application/x-ole-storage"
    assert mime_of("jpeg", "a.jpg") == "image/jpeg"
