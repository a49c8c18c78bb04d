"""Django's entry for this room."""

from django.apps import AppConfig


class ProcedureConfig(AppConfig):
    name = "huiyin.procedure"
    label = "procedure"
