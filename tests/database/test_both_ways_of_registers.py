"""What is compiled for records of declared kinds gives the rows that Django gives."""

from __future__ import annotations

from tests.database.both import differences, queries
from tests.desk import Office
from tests.registers.lists.test_lists import visits
from tests.registers.works import PACK
from tests.stage import desks, stage

works, office = stage(PACK), desks()
OF_REGISTERS = "registers."


def test_of_records_that_a_pack_declares(office: Office) -> None:
    visits(office, 3)
    differing, reached = differences()
    assert differing == {}
    assert {name for name in queries() if name.startswith(OF_REGISTERS)} <= reached
