"""Every word of departments, calendar, forms, numbers, catalogues, states, fields and visibility must exist."""

from __future__ import annotations

from collections.abc import Iterable

from huiyin.kernel.text import t
from huiyin.procedure.mistakes import suggestion
from huiyin.procedure.sheet import ParsedEntry, ParsedPack

DEPARTMENT = t("部门", "department")
FUNCTION = t("职能", "function")
KIND = t("记录类别", "kind of record")
CATALOGUE = t("选项表", "catalogue")
CLAUSE = t("条款", "clause")
STEP = t("步骤", "step")
LONGEST_STATE = 30
MOST_OPTIONS = 1_000


def check(sheet: ParsedPack) -> None:
    """Note unknown and contradicting words."""
    _departments(sheet)
    _forms(sheet)
    _printed(sheet)
    for located in sheet.of("noun"):
        sheet.known(located, ["key"], located.entry.key, sheet.vocabulary.kinds, KIND)
    _numbering(sheet)
    _catalogues(sheet)
    _states(sheet)
    _fields(sheet)
    _visibility(sheet)
    for section in ("step", "obligation", "form", "sharing"):
        for located in sheet.of(section):
            if located.entry.clause:
                sheet.known(located, ["clause"], located.entry.clause, sheet.keys("clause"), CLAUSE)


def _departments(sheet: ParsedPack) -> None:
    for located in sheet.of("department"):
        for index, function in enumerate(located.entry.functions):
            sheet.known(located, ["functions", index], function, sheet.vocabulary.functions, FUNCTION)
    for section in ("calendar_day", "department_calendar"):
        for located in sheet.of(section):
            if located.entry.department is not None:
                known = sheet.keys("department")
                sheet.known(located, ["department"], located.entry.department, known, DEPARTMENT)


def _forms(sheet: ParsedPack) -> None:
    for located in sheet.of("form"):
        form = located.entry
        known = [sheet.known(located, ["record"], form.record, sheet.vocabulary.kinds, KIND)]
        if form.layout:
            what = t("版式", "layout")
            known.append(sheet.known(located, ["layout"], form.layout, sheet.vocabulary.layouts, what))
        if not form.layout or not all(known):
            continue
        layout = sheet.vocabulary.layouts[form.layout]
        if form.record not in layout.kinds:
            fitting = [each.key for each in sheet.vocabulary.layouts.values() if form.record in each.kinds]
            sheet.wrong(
                located,
                ["layout"],
                t(
                    "版式「{layout}」印不出这类记录",
                    "The layout “{layout}” does not show this kind.",
                    layout=form.layout,
                ),
                suggestion(fitting),
            )


def _printed(sheet: ParsedPack) -> None:
    """Note a kind that has sheets, none of which is named by any of its forms: nothing of it could be printed."""
    printable = dict.fromkeys(kind for layout in sheet.vocabulary.layouts.values() for kind in layout.kinds)
    for kind in printable:
        forms = [each for each in sheet.of("form") if each.entry.record == kind]
        if not forms or any("layout" in each.table for each in forms):
            continue
        fitting = [each.key for each in sheet.vocabulary.layouts.values() if kind in each.kinds]
        sheet.wrong(
            forms[0],
            ["layout"],
            t(
                "「{kind}」的表单都没有写版式，印不出来",
                "No form of “{kind}” has a layout: none is printed.",
                kind=kind,
            ),
            t(
                "请写 layout = {layouts}；确实不在这里打印，就写 layout = {nothing}",
                "Write layout = {layouts}; or layout = {nothing} if it is not to be printed from here.",
                layouts=" / ".join(f'"{each}"' for each in fitting),
                nothing='""',
            ),
        )


def _numbering(sheet: ParsedPack) -> None:
    numbered = [kind.key for kind in sheet.vocabulary.kinds.values() if kind.is_numbered]
    for located in sheet.of("numbering"):
        sheet.known(located, ["key"], located.entry.key, numbered, KIND)
    for kind, first in _with_states(sheet):
        if kind not in sheet.keys("numbering"):
            sheet.wrong(
                first,
                ["key"],
                t("「{kind}」有状态却没有编号规则", "“{kind}” has states but no numbering.", kind=kind),
                t('请加上 [[numbering]] key = "{kind}"', 'Add [[numbering]] key = "{kind}".', kind=kind),
            )


def _with_states(sheet: ParsedPack) -> Iterable[tuple[str, ParsedEntry]]:
    """The kinds of records of which the pack has states, each with the first of them."""
    firsts: dict[str, ParsedEntry] = {}
    for located in sheet.of("state"):
        firsts.setdefault(located.entry.kind, located)
    return [(key, firsts[key]) for key, kind in sheet.vocabulary.kinds.items() if kind.is_numbered and key in firsts]


def _catalogues(sheet: ParsedPack) -> None:
    for located in sheet.of("catalogue"):
        catalogue = located.entry
        of_fields = {each.entry.catalogue for each in sheet.of("field")} | {
            each.entry.catalogue for each in sheet.of("kind")
        }
        known_here = [*sheet.vocabulary.catalogues, *(key for key in of_fields if key)]
        if not sheet.known(located, ["key"], catalogue.key, known_here, CATALOGUE):
            continue
        declared = sheet.vocabulary.catalogues.get(catalogue.key)
        only = declared.only if declared is not None else ()
        if len(catalogue.options) > MOST_OPTIONS:
            problem = t("选项太多", "There are too many options.")
            sheet.wrong(located, ["options"], problem, t("最多 {most} 个", "At most {most}.", most=MOST_OPTIONS))
            continue
        parents = {option.key: option.parent for option in catalogue.options}
        seen: set[str] = set()
        lost = False
        for index, option in enumerate(catalogue.options):
            path = ("options", index, "key")
            if only:
                sheet.known(located, path, option.key, only, t("选项", "option"))
            if option.key in seen:
                problem = t("选项「{key}」写了两次", "The option “{key}” is written twice.", key=option.key)
                sheet.wrong(located, path, problem, t("请只留一个", "Keep only one."))
            seen.add(option.key)
            if option.parent is None or lost:  # where one parent is wrong, others that hang on it would be too
                continue
            if option.parent not in parents or _within(option.key, option.parent, parents):
                lost = True
                known = [key for key in parents if not _within(option.key, key, parents)]
                sheet.known(
                    located,
                    ["options", index, "parent"],
                    option.parent,
                    known,
                    t("上级选项", "parent option"),
                )


def _within(above: str, key: str, parents: dict[str, str | None]) -> bool:
    """Whether ``key`` is ``above`` or lies below it."""
    seen: set[str] = set()
    here: str | None = key
    while here is not None and here not in seen:
        if here == above:
            return True
        seen.add(here)
        here = parents.get(here)
    return False


def _states(sheet: ParsedPack) -> None:
    for located in sheet.of("state"):
        if _of_known_kind(sheet, located) and len(located.entry.name) > LONGEST_STATE:
            remedy = t("最多 {most} 个字符", "Use at most {most} characters.", most=LONGEST_STATE)
            sheet.wrong(located, ["key"], t("状态的名称太长", "The state's name is too long."), remedy)


def _of_known_kind(sheet: ParsedPack, located: ParsedEntry) -> bool:
    """Whether the key reads ``kind.name`` with a known kind."""
    kind, dot, name = located.entry.key.partition(".")
    if not dot or not name or "." in name:
        sheet.wrong(
            located,
            ["key"],
            t("键要写成 类别.名称", "The key is written kind.name."),
            t("类别是其中之一：{kinds}", "The kind is one of {kinds}.", kinds=", ".join(sheet.vocabulary.kinds)),
        )
        return False
    return sheet.known(located, ["key"], kind, sheet.vocabulary.kinds, KIND)


def _fields(sheet: ParsedPack) -> None:
    for located in sheet.of("field"):
        own = located.entry
        if not _of_known_kind(sheet, located):
            continue
        if sheet.is_declared(own.kind):
            _choices(sheet, located)
            continue
        known = [key for key, kind in sheet.vocabulary.kinds.items() if kind.has_own_fields]
        if own.kind not in known:
            problem = t("没有页面会问「{kind}」的自有字段", "No page asks for fields of “{kind}”.", kind=own.kind)
            sheet.wrong(located, ["key"], problem, suggestion(known))
        if sheet.vocabulary.field_of(own.kind, own.name) is not None:
            problem = t("「{name}」是内置的字段", "“{name}” is a built-in field.", name=own.name)
            sheet.wrong(
                located,
                ["key"],
                problem,
                t("请换一个名称，或去掉这一项", "Take another name, or leave it out."),
            )
        _choices(sheet, located)
        verbs = [key.partition(".")[2] for key in sheet.keys("step") if key.startswith(f"{own.kind}.")]
        for index, verb in enumerate(own.required_for):
            sheet.known(located, ["required_for", index], verb, verbs, STEP)


def _choices(sheet: ParsedPack, located: ParsedEntry) -> None:
    own = located.entry
    if own.catalogue is not None:
        sheet.known(located, ["catalogue"], own.catalogue, sheet.keys("catalogue"), CATALOGUE)
    if (own.type in ("choice", "choices")) == (own.catalogue is not None) or located.unread & {"type", "catalogue"}:
        return
    if own.type == "choice":
        problem = t("choice 字段没有写明选项表", "A choice needs its catalogue.")
        sheet.wrong(located, ["catalogue"], problem, suggestion(sheet.keys("catalogue")))
    else:
        problem = t("只有 choice 字段才有选项表", "Only a choice has a catalogue.")
        sheet.wrong(
            located,
            ["catalogue"],
            problem,
            t('请写 type = "choice"，或去掉 catalogue', 'Write type = "choice", or leave catalogue out.'),
        )


def _visibility(sheet: ParsedPack) -> None:
    located = sheet.visibility
    if located is None or located.entry is None:
        return
    known = [sheet.known(located, [kind], kind, sheet.vocabulary.kinds, KIND) for kind in located.entry]
    for kind, functions in located.entry.items():
        for index, function in enumerate(functions):
            sheet.known(located, [kind, index], function, sheet.vocabulary.visibility_words(), FUNCTION)
    if all(known):  # a kind that is written wrong is said once
        _seen_by_none(sheet, {*located.entry, *located.unread})


def _seen_by_none(sheet: ParsedPack, said: set[str]) -> None:
    """Note kinds with states of which nothing says who sees them."""
    for kind, first in _with_states(sheet):
        if kind not in said:
            sheet.wrong(
                first,
                ["key"],
                t(
                    "「{kind}」有状态，[visibility] 却没有说哪些职能看全部",
                    "“{kind}” has states, but [visibility] does not say which functions see them all.",
                    kind=kind,
                ),
                t(
                    "请在 [visibility] 里加上 {kind} = [{functions}]；除参与者外谁也不看，就写 {kind} = []",
                    "Add {kind} = [{functions}] to [visibility]; {kind} = [] if nobody but who takes part sees any.",
                    kind=kind,
                    functions='"quality", …',
                ),
            )
