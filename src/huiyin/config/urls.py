"""All addresses; the few that need no sign-in are listed in docs/operations.md and tested."""

from django.urls import path

from huiyin.config.health import healthz
from huiyin.ui.rooms import addresses

urlpatterns = [path("healthz", healthz, name="healthz"), *addresses()]
