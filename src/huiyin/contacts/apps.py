"""Django's entry for this room."""

from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "huiyin.contacts"
    label = "contacts"

    def ready(self) -> None:
        """Declare the words of this room that packs may choose from."""
        from huiyin.contacts import vocabulary  # noqa: F401
