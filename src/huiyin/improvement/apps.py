"""Django's entry for this room."""

from django.apps import AppConfig


class ImprovementConfig(AppConfig):
    name = "huiyin.improvement"
    label = "improvement"

    def ready(self) -> None:
        """Declare this room's words, guards, sentences and pages to the rooms below."""
        from huiyin.improvement import vocabulary  # noqa: F401, I001  (words before the guards that implement them)
        from huiyin.improvement import guards, phrases  # noqa: F401
        from huiyin.improvement.registration import register
        from huiyin.improvement.suppliers import vocabulary as _  # noqa: F401
        from huiyin.improvement.suppliers import guards as _guards, phrases as _phrases  # noqa: F401
        from huiyin.improvement.suppliers.registration import register as register_suppliers

        register()
        register_suppliers()
