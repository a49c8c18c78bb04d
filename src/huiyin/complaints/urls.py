"""Addresses of complaints: nouns, the record's number, then what is done to it as a noun."""

from django.urls import path

from huiyin.complaints import lists, lookups, views

urlpatterns = [
    path("", lists.complaints, name="complaints"),
    path("board", views.board, name="complaint_board"),
    path("new", views.register, name="complaint_new"),
    path("lookup", lookups.lookup, name="complaint_lookup"),
    path("resembling", lookups.resembling, name="complaint_resembling"),
    path("<str:number>", views.detail, name="complaint"),
    path("<str:number>/facts", views.supplement, name="complaint_supplement"),
    path("<str:number>/tasks/<int:task_id>/<str:noun>", views.task_step, name="task_step"),
    path("<str:number>/<str:noun>", views.step, name="complaint_step"),
]
