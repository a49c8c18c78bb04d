"""Addresses of problem cases: the case's number, then a discipline (D0 to D8) or a step as a noun."""

from django.urls import include, path, register_converter

from huiyin.improvement import lists, lookups, opening_views, views
from huiyin.improvement.printing import exchange
from huiyin.improvement.report import row_views, section_views


class DisciplineConverter:
    """A discipline's key in an address."""

    regex = "D[0-8]"

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


register_converter(DisciplineConverter, "discipline")

urlpatterns = [
    path("", include("huiyin.improvement.suppliers.urls")),
    path("problems/", lists.problems, name="problems"),
    path("problems/new", opening_views.new, name="problem_new"),
    path("problems/lookup", lookups.problems, name="problem_lookup"),
    path("problems/people", lookups.people, name="problem_people"),
    path("problems/resembling", opening_views.resembling, name="problem_resembling"),
    path("problems/<str:number>", views.detail, name="problem"),
    path("problems/<str:number>/exchange.json", exchange.download, name="problem_exchange"),
    path("problems/<str:number>/alike", views.similar, name="problem_alike"),
    path("problems/<str:number>/facts", opening_views.facts, name="problem_facts"),
    path("problems/<str:number>/fishbone.svg", row_views.fishbone, name="problem_fishbone"),
    path("problems/<str:number>/<discipline:key>", section_views.section, name="problem_section"),
    path("problems/<str:number>/fields/<slug:name>", section_views.field, name="problem_field"),
    path("problems/<str:number>/rows/<slug:sheet>", row_views.add, name="problem_rows"),
    path("problems/<str:number>/rows/<slug:sheet>/<int:pk>", row_views.change, name="problem_row"),
    path("problems/<str:number>/files/<str:place>", row_views.files, name="problem_files"),
    path("problems/<str:number>/<str:noun>", views.step, name="problem_step"),
]
