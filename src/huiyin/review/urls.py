"""Addresses of clauses and their evidence."""

from django.urls import path

from huiyin.review import views

urlpatterns = [
    path("", views.clauses, name="clauses"),
    path("obligations", views.standings, name="clause_obligations"),
    path("<str:key>", views.clause, name="clause"),
]
