"""Addresses of assessment: sheets, their charges and sums to divide, one's own charges, the ledger."""

from __future__ import annotations

from django.urls import path

from huiyin.assessment import lists, views

urlpatterns = [
    path("assessments/", lists.sheets, name="assessments"),
    path("assessments/new", views.compile_week, name="assessment_new"),
    path("assessments/<str:number>", views.detail, name="assessment"),
    path("assessments/<str:number>/charges/<int:charge_id>", views.charge, name="charge"),
    path("assessments/<str:number>/charges/<int:charge_id>/<str:noun>", views.charge_step, name="charge_step"),
    path("assessments/<str:number>/allotments/<int:allotment_id>/rest", views.rest, name="allotment_rest"),
    path(
        "assessments/<str:number>/allotments/<int:allotment_id>/<str:noun>", views.allotment_step, name="allotment_step"
    ),
    path("assessments/<str:number>/<str:noun>", views.step, name="assessment_step"),
    path("charges/", lists.charges, name="charges"),
    path("ledger/", lists.ledger, name="ledger"),
    path("ledger/balances", views.balances, name="ledger_balances"),
]
