"""Django's entry for this room."""

from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "huiyin.contacts"
    label = "contacts"

    def ready(self) -> None:
        """Declare this room's words, sentences and pages to the rooms below."""
        from huiyin.contacts import phrases, vocabulary  # noqa: F401
        from huiyin.contacts.registration import register

        register()
