"""Addresses of clauses and their evidence."""

from django.urls import path

from huiyin.review import target_views, views

urlpatterns = [
    path("", views.clauses, name="clauses"),
    path("obligations", views.standings, name="clause_obligations"),
    path("targets", target_views.targets, name="targets"),
    path("targets/<str:period>/<str:key>", target_views.target_period, name="target"),
    path("<str:key>", views.clause, name="clause"),
]
