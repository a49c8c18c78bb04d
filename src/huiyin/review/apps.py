"""Django's entry for this room."""

from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "huiyin.review"
    label = "review"
