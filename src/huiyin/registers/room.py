"""What this room tells the house: the records of all kinds that packs declare, under one address and one right."""

from __future__ import annotations

from huiyin.customers.card import register_declared_sections
from huiyin.journal import kinds as tables
from huiyin.journal import record_urls
from huiyin.kernel.text import t
from huiyin.obligations import places, ties
from huiyin.obligations.owners import register_roster
from huiyin.people.actions import on_staff_change
from huiyin.procedure import versions
from huiyin.procedure.lexicon import FORM_LAYOUT
from huiyin.records import access
from huiyin.records.files.files import register_references
from huiyin.records.print import forms as print_forms
from huiyin.records.print.layouts import PageLayout
from huiyin.records.relations import relations
from huiyin.records.relations.related_actions import register_declared_actions
from huiyin.records.search import search
from huiyin.records.steps.intake import register_panel
from huiyin.registers import guards, rosters  # noqa: F401 - its guards make themselves known
from huiyin.registers.access import DeclaredSight, record_of
from huiyin.registers.approvals import stand_ins
from huiyin.registers.beside import customer_sections, declared_actions
from huiyin.registers.catalogue import last_name_of, remember_kinds
from huiyin.registers.knowledge import knowledge
from huiyin.registers.menu import BEFORE_GROUPS, creates_of, menu_of
from huiyin.registers.models import ApprovalRound, ApprovalSigner, FormRecord, FormRow, KeptSheet
from huiyin.registers.models.offline import sent_digests
from huiyin.registers.periods import about_these, place_of
from huiyin.registers.printing.sheet import declared_sheet
from huiyin.ui.rooms import MenuItem, Room


def register() -> None:
    """Tell every registry of the lower rooms, once for all kinds that packs declare."""
    tables.register_declared(FormRecord, FormRow, ApprovalRound, ApprovalSigner, KeptSheet)
    record_urls.register_names(last_name_of)
    access.register_declared(record_of)
    search.register_declared(DeclaredSight())
    relations.declare_relation(relations.MADE_FOR, here=t("为此而办", "Made for"))
    layout = PageLayout(FORM_LAYOUT, landscape=False, label_width=27, size=9.5, table_size=9)
    print_forms.register_declared(layout, declared_sheet)
    register_declared_actions(declared_actions)
    register_declared_sections(customer_sections)
    versions.on_effective(remember_kinds)
    on_staff_change(stand_ins.fill_open_places)
    versions.on_version_event(stand_ins.after_version)
    places.register_declared(place_of)
    ties.register_hanging(about_these)
    register_panel(knowledge.panel)
    register_roster(rosters.on_duty)
    register_references(sent_digests)


ROOM = Room(
    name="registers",
    urls=(("", "huiyin.registers.urls"),),
    menu=(
        MenuItem(
            label=t("知识库", "Knowledge base"),
            url="knowledge",
            icon="info",
            position=BEFORE_GROUPS,
            may_open=knowledge.may_read,
        ),
    ),
    on_start=(register,),
    menu_of=menu_of,
    creates_of=creates_of,
)
