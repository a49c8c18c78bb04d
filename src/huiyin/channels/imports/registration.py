"""Which kinds of rows can be imported."""

from huiyin.channels.imports.complaints import Complaints
from huiyin.channels.imports.customers import Customers
from huiyin.channels.imports.importer import register_importer
from huiyin.channels.imports.parts import Contacts, Deliveries


def register() -> None:
    """Called once when the room is ready."""
    for importer in (Customers(), Contacts(), Deliveries(), Complaints()):
        register_importer(importer)
