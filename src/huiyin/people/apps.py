"""Django's entry for this room."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "huiyin.people"
    label = "people"

    def ready(self) -> None:
        """The company's departments are those of the procedure in force."""
        from huiyin.people.actions import adopt_departments
        from huiyin.procedure.versions import when_in_force

        when_in_force(adopt_departments)
