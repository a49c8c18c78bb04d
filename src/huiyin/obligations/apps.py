"""Django's entry for this room."""

from django.apps import AppConfig


class ObligationsConfig(AppConfig):
    name = "huiyin.obligations"
    label = "obligations"

    def ready(self) -> None:
        from huiyin.journal import kinds, links
        from huiyin.kernel.text import t
        from huiyin.obligations import phrases, sight  # noqa: F401
        from huiyin.obligations.models import Occasion
        from huiyin.obligations.places import period_of_number
        from huiyin.obligations.queries import occasion_for

        kinds.register_document(Occasion.kind, Occasion)
        links.register(
            Occasion.kind,
            "/occasions/",
            t("定期事项", "Recurring duty"),
            number=lambda number: period_of_number(number).label,
        )
        sight.register(Occasion.kind, occasion_for)
