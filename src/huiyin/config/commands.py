"""Which commands ``huiyin`` has, what they take, and which room's function answers.

A command's function takes the parsed arguments and gives the exit code (None counts as 0): 0 done, 1 refused or found
wanting, 2 the call itself was not understood.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from huiyin.kernel.text import LANGUAGES, Text, t


@dataclass(frozen=True)
class CommandOption:
    """One argument of a command, as argparse takes it; ``help`` in both languages."""

    names: tuple[str, ...]
    help: Text
    details: dict[str, Any]


@dataclass(frozen=True)
class Command:
    """A command: its words, the dotted function that answers, and what must stand before it is called."""

    words: str
    target: str
    help: Text
    options: tuple[CommandOption, ...] = ()
    needs: Literal["database", "django", "nothing"] = "database"

    @property
    def every_option(self) -> tuple[CommandOption, ...]:
        """Its own options and those of every command."""
        return (*self.options, _LANGUAGE)


def _option(*names: str, help: Text, **details: Any) -> CommandOption:
    return CommandOption(names, help, details)


_LANGUAGE = _option("--language", help=t("输出语言", "language of the output"), choices=LANGUAGES)
_PREPARED = _option(
    "--prepared",
    help=t("刚刚运行过 prepare，不再检查数据库", "prepare has just run: do not look at the database again"),
    action="store_true",
)
_JSON = _option("--json", help=t("以 JSON 输出", "print JSON"), action="store_true")


def _pack(otherwise: Text) -> CommandOption:
    """Which pack a command speaks of; ``otherwise`` says which one without it."""
    words = t(
        "程序包的键（不写：{otherwise}）",
        "key of the procedure pack (without it: {otherwise})",
        otherwise=otherwise,
    )
    return _option("--pack", help=words, metavar="KEY")


_BASE = _pack(t("base", "base"))
_IN_FORCE = _pack(t("现行程序", "the procedure in force"))
_SHOWN = _pack(t("现行程序，没有就用 feedback", "the procedure in force, else feedback"))
_A_DAY: dict[str, Any] = {"type": date.fromisoformat, "metavar": "DATE", "required": True}
_FOLDER = _option(
    "--folder",
    help=t("建在哪个文件夹里（不写：数据文件夹的 packs）", "in which folder (without it: packs of the data folder)"),
    type=Path,
    metavar="FOLDER",
)
_FILE = _option("file", help=t("文件", "the file"), type=Path, metavar="FILE")
_COMPLAINTS = _option(
    "--complaints",
    help=t("演示投诉件数", "complaints of the demonstration"),
    type=int,
    default=120,
    metavar="N",
)
_SEED = _option("--seed", help=t("随机种子", "seed of the random numbers"), type=int, default=1, metavar="S")
_USERNAME = _option("username", help=t("用户名", "user name"), metavar="USERNAME")

_ONE_PACK = t("键、文件夹，或 键@版本", "key, folder, or key@version")

COMMANDS: tuple[Command, ...] = (
    Command(
        "packs list",
        "huiyin.procedure.commands:packs_list",
        t("列出程序包", "list the procedure packs"),
        (_JSON,),
        needs="django",
    ),
    Command(
        "packs check",
        "huiyin.procedure.commands:packs_check",
        t("检查程序包，一次说出全部错误", "check procedure packs and name every mistake at once"),
        (
            _option(
                "keys",
                help=t("键或文件夹；不写则全部", "keys or folders; all without one"),
                nargs="*",
                metavar="KEY",
            ),
            _JSON,
        ),
        needs="django",
    ),
    Command(
        "packs compare",
        "huiyin.procedure.comparing:packs_compare",
        t("比较两个程序包：改动、新增、不相容", "compare two packs: wording, additions, breaks"),
        (_option("old", help=_ONE_PACK, metavar="OLD"), _option("new", help=_ONE_PACK, metavar="NEW"), _JSON),
        needs="django",
    ),
    Command(
        "packs new",
        "huiyin.procedure.pack_commands:packs_new",
        t("新建一个带注释的程序包", "write a commented pack to begin with"),
        (_option("name", help=t("键，也是文件夹名", "its key, the name of its folder"), metavar="NAME"), _FOLDER),
        needs="django",
    ),
    Command(
        "packs form",
        "huiyin.channels.form_drafts:packs_form",
        t("由字段表（表格）得到一种表单的初稿", "draft a kind of record from a spreadsheet of its fields"),
        (_FILE, _option("--kind", help=t("记录类别的键", "key of the kind"), metavar="KEY")),
        needs="django",
    ),
    Command(
        "packs show",
        "huiyin.procedure.pack_commands:packs_show",
        t("把程序包显示成一份可读的文件（Markdown）", "print a pack as a readable document (Markdown)"),
        (
            _option("pack", help=t("程序包的键或文件夹", "key or folder of the pack"), metavar="PACK"),
            _option("--own", help=t("只显示它自己写的", "only what it says itself"), action="store_true"),
        ),
        needs="django",
    ),
    Command(
        "explain-due",
        "huiyin.obligations.commands:explain_due_command",
        t("逐日说明一个期限如何得出", "show day by day how a due time is reached"),
        (
            _option("--rule", help=t("责任的键", "key of the obligation"), metavar="RULE", required=True),
            _option(
                "--from",
                help=t(
                    "起点，如 2026-11-21T09:00（未写时区按工厂时间）",
                    "start, e.g. 2026-11-21T09:00 (site time without a zone)",
                ),
                dest="from_",
                required=True,
                metavar="MOMENT",
            ),
            _BASE,
            _JSON,
        ),
        needs="django",
    ),
    Command(
        "split-cost",
        "huiyin.assessment.commands:split_cost",
        t("按程序的分档表分担一笔物流费用", "share a cost by the brackets of a procedure"),
        (
            _option(
                "--amount",
                help=t("费用金额，如 333.33", "the cost, e.g. 333.33"),
                metavar="AMOUNT",
                required=True,
            ),
            _option(
                "--cost",
                help=t("费用种类：freight 运费，loss 损失", "kind of cost: freight or loss"),
                choices=("freight", "loss"),
                default="freight",
            ),
            _BASE,
            _JSON,
        ),
        needs="django",
    ),
    Command(
        "adopt",
        "huiyin.procedure.commands:adopt",
        t("让一个程序包生效", "make a procedure pack effective"),
        (_option("pack", help=t("程序包的键或文件夹", "key or folder of the pack"), metavar="PACK"),),
    ),
    Command(
        "demo",
        "huiyin.demo.commands:command",
        t("建立一家演示公司", "make a demonstration company"),
        (
            _COMPLAINTS,
            _SEED,
            _SHOWN,
        ),
    ),
    Command(
        "import",
        "huiyin.channels.imports:command",
        t("从表格导入，全部成功或全部不做", "import a spreadsheet, all rows or none"),
        (
            _option("kind", help=t("导入什么，如 customers", "what the rows are, e.g. customers"), metavar="KIND"),
            _FILE,
            _option("--dry-run", help=t("只检查，不写入", "check only, write nothing"), action="store_true"),
            _option(
                "--person",
                help=t("记在谁的名下（用户名）", "in whose name it is entered (user name)"),
                metavar="USERNAME",
            ),
            _JSON,
        ),
    ),
    Command(
        "search",
        "huiyin.records.search.commands:search",
        t("在全部记录中查找", "search all records"),
        (_option("text", help=t("要找的字词或编号", "words or a number"), nargs="+", metavar="TEXT"), _JSON),
    ),
    Command(
        "mail ingest",
        "huiyin.channels.mail:command",
        t("收进一封邮件（原文文件，- 为标准输入）", "take in one e-mail (raw file, - for standard input)"),
        (_FILE, _JSON),
    ),
    Command(
        "journal verify",
        "huiyin.journal.commands:verify",
        t(
            "核对日志链与封印，并按日志重算责任：1 链断，2 封印不符，3 责任不符",
            "verify chains and seals and play obligations again: exit 1 for a chain, 2 for a seal, 3 for an obligation",
        ),
        (_JSON,),
    ),
    Command("seal", "huiyin.journal.commands:seal", t("立即封印日志", "seal the journal now"), (_JSON,)),
    Command(
        "evidence",
        "huiyin.review.commands:evidence",
        t("逐条款列出一段时间内的证据", "list the evidence of every clause in a period"),
        (
            _option("--from", help=t("第一天", "first day"), dest="from_", **_A_DAY),
            _option("--to", help=t("最后一天", "last day"), **_A_DAY),
            _IN_FORCE,
            _JSON,
        ),
    ),
    Command(
        "person add",
        "huiyin.people.commands:person_add",
        t("登记一名人员", "add a person"),
        (
            _USERNAME,
            _option("--name", help=t("姓名", "name"), required=True),
            _option("--department", help=t("部门的键", "key of the department"), metavar="KEY"),
            _option("--head", help=t("部门负责人", "head of the department"), action="store_true"),
            _option("--administrator", help=t("系统管理员", "administrator"), action="store_true"),
        ),
    ),
    Command(
        "person password",
        "huiyin.people.commands:person_password",
        t("设定密码（从终端或标准输入读取）", "set a password (read from the terminal or standard input)"),
        (_USERNAME,),
    ),
    Command(
        "doctor",
        "huiyin.config.doctor:command",
        t("检查这套安装是否健康", "check the health of this installation"),
        (_JSON,),
        needs="django",
    ),
    Command(
        "migrate",
        "huiyin.config.prepare:migrate",
        t("建立或升级数据库", "make or upgrade the database"),
        needs="django",
    ),
    Command(
        "prepare",
        "huiyin.config.prepare:command",
        t(
            "升级数据库、收集静态文件；按需建立演示公司",
            "upgrade the database, collect static files, make the demonstration company on request",
        ),
        (
            _option(
                "--demo",
                help=t("数据库为空时建立演示公司", "make the demonstration company when the database is empty"),
                action="store_true",
            ),
            _COMPLAINTS,
            _SEED,
            _SHOWN,
            _JSON,
        ),
        needs="django",
    ),
    Command(
        "work",
        "huiyin.config.serve:work",
        t("运行后台工人", "run the worker"),
        (_PREPARED,),
        needs="nothing",
    ),
    Command(
        "serve",
        "huiyin.config.serve:command",
        t("只运行网站", "run the web server alone"),
        (
            _option("--host", help=t("监听地址", "address to listen on"), default="127.0.0.1"),
            _option("--port", help=t("端口", "port"), type=int, default=8000),
            _option("--workers", help=t("进程数", "number of processes"), type=int, default=2, metavar="N"),
            _option(
                "--threads",
                help=t("每个进程的线程数", "threads in each process"),
                type=int,
                default=4,
                metavar="N",
            ),
            _PREPARED,
        ),
        needs="nothing",
    ),
)

NOUNS = {
    "packs": t("程序包", "procedure packs"),
    "mail": t("邮件", "e-mail"),
    "journal": t("日志", "the journal"),
    "person": t("人员", "people"),
}
