"""What a pack does without, which clauses of the pack below are its own, how base grows without breaking anybody."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import huiyin.assessment.vocabulary
import huiyin.improvement.vocabulary
import huiyin.returns.vocabulary  # noqa: F401
from huiyin.procedure.clauses import clause_tree
from huiyin.procedure.loader import BUILT_IN, load_pack, packs, warnings_of
from huiyin.procedure.schema import Procedure
from tests.procedure.small import mistakes_of, write
from tests.procedure.test_extends import CHILD, child

FOREIGN = Path(__file__).parent / "packs" / "foreign"
GROWN = (Path(__file__).parent / "packs" / "grown.toml").read_text("utf-8")
"""A complete kind as base may come to declare it."""


def header(*lines: str) -> str:
    return CHILD + "".join(f"{line}\n" for line in lines)


def shown(procedure: Procedure) -> list[str]:
    return [node.clause.key for top in clause_tree(procedure) for _, node in top.walk()]


# ---- without


def test_what_a_pack_does_without_is_gone(tmp_path: Path) -> None:
    procedure = load_pack(child(tmp_path, header=header('without = ["pause:waiting", "clause:1.3"]')))
    assert (procedure.pauses, [each.key for each in procedure.clauses]) == ((), ["1", "1.1", "1.2"])


def test_a_clause_goes_with_those_below_it_and_nothing_speaks_of_it_any_more(tmp_path: Path) -> None:
    procedure = load_pack(child(tmp_path, header=header('without = ["clause:1", "clause:1.1"]')))
    assert (procedure.clauses, procedure.step_clause("complaint.assign"), procedure.rule("measures").clause) == (
        (),
        "",
        "",
    )


def test_a_form_goes_out_of_the_evidence_that_names_it(tmp_path: Path) -> None:
    more = '[[clause]]\nkey = "1.1"\nevidence = ["form:sheet", "step:task.answer"]\n'
    write(tmp_path / "between", CHILD.replace('"child"', '"between"') + more)
    folder = child(tmp_path, header=CHILD.replace('"small"', '"between"') + 'without = ["form:sheet"]\n')
    procedure = load_pack(folder)
    assert (procedure.forms, procedure.clause("1.1").evidence) == ((), ("step:task.answer",))


@pytest.mark.parametrize(
    ("word", "remedy"),
    [
        ("pause:wating", "Did you mean pause:waiting?"),
        ("wating", "Did you mean pause:waiting?"),
        ("kind:tasks", "Did you mean kind:task?"),
    ],
)
def test_it_must_name_something_of_the_pack_below(tmp_path: Path, word: str, remedy: str) -> None:
    (mistake,) = mistakes_of(child(tmp_path, header=header(f'without = ["{word}"]')))
    assert (mistake.file, mistake.line, mistake.key) == ("child/pack.toml", 6, "pack.without[1]")
    assert mistake.problem.en == f"The pack below has no “{word}” to leave out."
    assert mistake.remedy.en.startswith(remedy)


def test_a_kind_goes_with_everything_that_speaks_of_it(tmp_path: Path) -> None:
    over_grown(tmp_path)
    folder = write(tmp_path / "child", CHILD.replace('"small"', '"base"') + 'without = ["kind:outing"]\n')
    procedure = load_pack(folder, (tmp_path,))
    content = str(procedure.to_json())
    assert "outing" not in content.replace("outings", "")
    assert "outing" in str(load_pack("base", (tmp_path,)).to_json())


def test_a_group_goes_with_its_kinds(tmp_path: Path) -> None:
    over_grown(tmp_path)
    folder = write(tmp_path / "child", CHILD.replace('"small"', '"base"') + 'without = ["group:outings"]\n')
    procedure = load_pack(folder, (tmp_path,))
    assert (procedure.groups, procedure.kinds) == ((), ())


# ---- whose clauses


def test_the_clauses_of_the_pack_below_are_another_document(tmp_path: Path) -> None:
    own = '[[clause]]\nkey = "C1"\ntitle = { zh = "一", en = "One" }\nevidence = ["step:task.answer"]\n'
    procedure = load_pack(child(tmp_path, own))
    assert (shown(procedure), procedure.clause("1.1").document) == (["C1"], "small")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('adopts = ["small"]', ["1", "1.1", "1.2", "1.3"]),
        ('adopts = ["1"]', ["1", "1.1", "1.2", "1.3"]),
        ('adopts = ["1.2"]', ["1.2"]),
        ("", []),
    ],
)
def test_a_pack_adopts_clauses_or_the_whole_document(tmp_path: Path, line: str, expected: list[str]) -> None:
    assert shown(load_pack(child(tmp_path, header=header(line)))) == expected


def test_a_clause_whose_title_the_pack_writes_is_its_own(tmp_path: Path) -> None:
    text = '[[clause]]\nkey = "1.1"\ntitle = { zh = "措施", en = "Measures" }\n[[clause]]\nkey = "1.3"\nparent = "1"\n'
    assert shown(load_pack(child(tmp_path, text))) == ["1.1"]


def test_only_what_is_there_can_be_adopted(tmp_path: Path) -> None:
    (mistake,) = mistakes_of(child(tmp_path, header=header('adopts = ["1.4"]')))
    assert (mistake.key, mistake.problem.en) == ("pack.adopts[1]", "The pack below has no clause “1.4”.")


def test_nobody_writes_the_document_of_a_clause(tmp_path: Path) -> None:
    (mistake,) = mistakes_of(child(tmp_path, '[[clause]]\nkey = "1.1"\ndocument = "small"\n'))
    assert mistake.key == "clause[1.1].document"


# ---- base grows


def over_grown(folder: Path) -> Path:
    """All shipped packs and a foreign one over a base that has gained a kind with rows, a form and duties."""
    for key in packs():
        shutil.copytree(BUILT_IN / key, folder / key)
    shutil.copytree(FOREIGN, folder / "foreign")
    write(folder / "base", GROWN, "grown.toml")
    return folder


def test_a_kind_that_base_gains_breaks_no_pack(tmp_path: Path) -> None:
    search = (over_grown(tmp_path),)
    for key in packs(search):
        procedure = load_pack(key, search)
        assert procedure.vocabulary.declared["outing"].label.en == "Outing"
        assert (procedure.forms_of("outing"), bool(procedure.numbering_for("outing"))) != ((), False)
        assert "B12" not in shown(procedure) or key == "base"


def test_what_base_asks_of_a_function_nobody_holds_falls_to_the_office(tmp_path: Path) -> None:
    search = (over_grown(tmp_path),)
    procedure = load_pack("foreign", search)
    assert [each.key for each in procedure.departments_with("legal")] == ["secretariat"]
    (said,) = [each for each in warnings_of("foreign", search) if "legal" in each.problem.en]
    assert said.file == "base/grown.toml"
    assert said.problem.en == ("No department holds the function “legal” (named 5 times). It falls to Secretariat.")
    assert warnings_of("base") == []


def test_what_a_pack_writes_itself_stays_a_mistake(tmp_path: Path) -> None:
    search = over_grown(tmp_path)
    own = '[[step]]\nkey = "outing.end"\nby = ["legal"]\n'
    write(search / "foreign", own, "more.toml")
    (mistake,) = mistakes_of(search / "foreign")
    assert (mistake.file, mistake.key) == ("foreign/more.toml", "step[outing.end].by[1]")


def test_a_kind_that_both_declare_stands_alone_and_is_said(tmp_path: Path) -> None:
    search = over_grown(tmp_path)
    (search / "foreign" / "visitors.toml").write_text(
        (FOREIGN / "visitors.toml").read_text("utf-8").replace("guest", "outing"), "utf-8"
    )
    procedure = load_pack("foreign", (search,))
    assert procedure.vocabulary.declared["outing"].label.en == "Visitors' book"
    assert [each.name for each in procedure.fields_of("outing")] == ["who"]
    assert "kind[outing].key" in [each.key for each in warnings_of("foreign", (search,))]
