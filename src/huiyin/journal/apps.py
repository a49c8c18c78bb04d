"""Django's entry for this room."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "huiyin.journal"
    label = "journal"

    def ready(self) -> None:
        """What happens to versions of the procedure is journaled too.

        Their rows are verified as those of records are. Which records are open is asked before a version takes effect.
        """
        from huiyin.journal import kinds, versions
        from huiyin.procedure.models import ProcedureVersion
        from huiyin.procedure.taken_away import count_open_by
        from huiyin.procedure.versions import on_version_event

        kinds.register_document(versions.KIND, ProcedureVersion)
        on_version_event(versions.record_version_step)
        count_open_by(kinds.open_records)
