"""What ``packs new`` writes: a small commented pack that loads, with one kind of record from sheet to file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

PACK = """\
# 本文件夹就是一个程序包：改好后运行 bin/huiyin packs check 检查，bin/huiyin adopt 使其生效。
# This folder is a procedure pack: change it, run bin/huiyin packs check, then bin/huiyin adopt.
# 全部写法见 docs/procedure-packs.md / Everything that may be written: docs/procedure-packs.md
[pack]
key = "{key}"                       # 与文件夹同名 / the name of the folder
version = "1.0"                     # 改版时加一 / another one for each new version
title = {{ zh = "{key} 程序", en = "Procedure {key}" }}
extends = "base"                    # 其余沿用 base / everything not written here is as in base
"""

CLAUSES = """\
# 书面程序的条款，以及证明它已执行的记录。每一条要有 evidence，或由步骤、责任、表单用 clause 指到它。
# The clauses of the written procedure and what shows that they are followed: evidence here, or clause on a step,
# a duty, a form.
[[clause]]
key = "N1"
title = { zh = "来访登记", en = "Visits" }
duty = { zh = "来访要登记，当天答复，由负责人归档。", en = "Visits are entered, answered the same day and filed." }
evidence = ["step:guest.enter", "obligation:guest-answer"]
"""

GUESTS = """\
# 一种表单就是一类记录（kind）：有字段、状态、步骤、责任和打印的表单。
# A form is a kind of record: it has fields, states, steps, duties and the sheet that is printed.
[[group]]
key = "own-forms"
label = { zh = "本公司表单", en = "Forms of our own" }

[[kind]]
key = "guest"                       # 不超过 20 个字符 / at most 20 characters
label = { zh = "来访登记", en = "Visit" }
many = { zh = "来访登记", en = "Visits" }
about = ["customer"]                # 挂在客户上 / it hangs on a customer
group = "own-forms"                 # 菜单里的位置 / where it stands in the menu
subject = ["topic"]                 # 列表和通知里代表它的字段 / what stands for it in lists
columns = ["came_on", "topic", "answer_by"]

[[numbering]]
key = "guest"
pattern = "LF-{year}-{seq:3}"
restart = "year"

[[form]]                            # 受控表单：编号、名称、保存期限 / the controlled form
key = "guest-sheet"
number = "N-01"
title = { zh = "来访登记表", en = "Sheet of a visit" }
retention = "3 years"
record = "guest"
clause = "N1"

# --- 字段 / fields: asked 写在哪一步的表单上，required_for 哪一步必填 / on which form, needed by which step ----------
[[field]]
key = "guest.came_on"
type = "date"
label = { zh = "来访日期", en = "Came on" }
asked = ["enter"]
required_for = ["enter"]
starts = "today"

[[field]]
key = "guest.topic"
type = "text"
label = { zh = "事由", en = "Topic" }
asked = ["enter"]
required_for = ["enter"]

[[field]]
key = "guest.sort"
type = "choice"
catalogue = "guest_sort"
label = { zh = "来访类别", en = "Sort of visit" }
asked = ["enter"]
required_for = ["enter"]

[[field]]
key = "guest.order_number"
type = "text"
label = { zh = "订单号", en = "Order" }
asked = ["enter"]
required_for = ["enter"]
shown = [{ field = "sort", is = ["order"] }]    # 显示条件：只在谈订单时才问 / asked only for orders

[[field]]
key = "guest.answer_by"
type = "date"
label = { zh = "答复期限", en = "Answer by" }
asked = ["enter"]
required_for = ["enter"]

[[field]]
key = "guest.result"
type = "longtext"
label = { zh = "答复内容", en = "Answer given" }
asked = ["respond"]
required_for = ["respond"]

[[catalogue]]
key = "guest_sort"
label = { zh = "来访类别", en = "Sorts of visits" }
options = [
  { key = "order", label = { zh = "谈订单", en = "About an order" } },
  { key = "other", label = { zh = "其他", en = "Other" } },
]

# --- 状态与步骤 / states and steps: 没有 from 的步骤新建记录 / a step without from opens a record -------------------
# 更正、作废、移交、重新办理不用写 / correct, void, hand over and take up again need not be written
[[state]]
key = "guest.entered"
phase = "handling"
label = { zh = "已登记，待答复", en = "Entered, to be answered" }

[[state]]
key = "guest.answered"
phase = "answer"
label = { zh = "已答复，待归档", en = "Answered, to be filed" }

[[state]]
key = "guest.filed"
phase = "closed"
label = { zh = "已归档", en = "Filed" }

[[step]]
key = "guest.enter"
to = "entered"
by = ["reception"]                  # 职能，由 base 的部门担任 / functions, held by the departments of base
promises = "answer_by"              # 这一天是承诺 / this day is promised
clause = "N1"
label = { zh = "登记来访", en = "Enter a visit" }

[[step]]
key = "guest.respond"
from = ["entered"]
to = "answered"
by = ["owner", "reception"]
clause = "N1"
label = { zh = "答复", en = "Answer" }

[[step]]
key = "guest.file"
from = ["answered"]
to = "filed"
by = ["reception.head"]             # 部门负责人 / the head of the department
clause = "N1"
label = { zh = "归档", en = "File" }

# --- 责任 / duties: 谁在什么时候之前必须做什么，逾期通知谁 / who owes what by when, and who is told when it is late --
[[obligation]]
key = "guest-answer"
clause = "N1"
label = { zh = "按承诺的日期答复", en = "Answer by the promised day" }
opens = "guest.enter"
closes = ["guest.respond"]
cancels = ["guest.void"]
owner = "record.owner"
owed_to = "customer"
within = "promised"
ladder = [{ at = "75%", to = "owner" }, { at = "100%", to = "head" }]

[[obligation]]
key = "guest-file"
clause = "N1"
label = { zh = "三个工作日内归档", en = "File within three workdays" }
opens = "guest.respond"
closes = ["guest.file"]
cancels = ["guest.void"]
owner = "head:reception"
within = "3 workdays"
ladder = [{ at = "100%", to = "owner" }]

# --- 例子 / examples: 检查程序包时会试 / tried whenever the pack is checked -----------------------------------------
[[example]]
key = "visit-about-an-order"
kind = "guest"
step = "enter"
facts = { came_on = 2026-11-16, topic = "谈交期", sort = "order", answer_by = 2026-11-18 }
shows = ["order_number"]
refused = ["order_number"]
owes = ["guest-answer"]
"""

FILES: Mapping[str, str] = MappingProxyType({"pack.toml": PACK, "clauses.toml": CLAUSES, "guests.toml": GUESTS})
"""The files of a new pack; in the first the name of the pack is filled in."""


def write_skeleton(folder: Path, key: str) -> list[Path]:
    """Write a new pack into a folder that does not exist yet; FileExistsError if it does. The files, in order."""
    folder.mkdir(parents=True, exist_ok=False)
    written = []
    for name, text in FILES.items():
        path = folder / name
        path.write_text(text.format(key=key) if name == "pack.toml" else text, "utf-8")
        written.append(path)
    return written
