"""All addresses; the few that need no sign-in are listed in docs/operations.md and tested."""

from django.urls import include, path

from huiyin.config.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    # What is asked for most stands first: patterns are tried one after the other.
    path("complaints/", include("huiyin.complaints.urls")),
    path("", include("huiyin.obligations.urls")),
    path("", include("huiyin.records.urls")),
    path("contacts/", include("huiyin.contacts.urls")),
    path("customers/", include("huiyin.customers.urls")),
    path("accounts/", include("huiyin.people.signin_urls")),
    path("people/", include("huiyin.people.urls")),
    path("", include("huiyin.improvement.urls")),
    path("", include("huiyin.returns.urls")),
    path("", include("huiyin.assessment.urls")),
    path("imports/", include("huiyin.channels.urls")),
    path("procedure/", include("huiyin.review.procedure_urls")),
    path("clauses/", include("huiyin.review.urls")),
]
