"""Which kinds of rows can be imported."""

from huiyin.channels.imports.complaints import ComplaintImporter
from huiyin.channels.imports.customers import CustomerImporter
from huiyin.channels.imports.importer import register_importer
from huiyin.channels.imports.parts import ContactImporter, DeliveryImporter


def register() -> None:
    """Called once when the room is ready."""
    for importer in (CustomerImporter(), ContactImporter(), DeliveryImporter(), ComplaintImporter()):
        register_importer(importer)
