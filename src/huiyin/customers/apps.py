"""Django's entry for this room."""

from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "huiyin.customers"
    label = "customers"

    def ready(self) -> None:
        """Declare this room's words, sentences and pages to the rooms below."""
        from huiyin.customers import phrases, vocabulary  # noqa: F401
        from huiyin.customers.registration import register

        register()
