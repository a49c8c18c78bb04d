"""Addresses of complaints: nouns, the record's number, then what is done to it as a noun."""

from django.urls import path

from huiyin.complaints import lists, lookups, stepviews, views

urlpatterns = [
    path("", lists.complaints, name="complaints"),
    path("board", views.board, name="complaint_board"),
    path("new", stepviews.register, name="complaint_new"),
    path("lookup", lookups.lookup, name="complaint_lookup"),
    path("resembling", lookups.resembling, name="complaint_resembling"),
    path("<str:number>", views.detail, name="complaint"),
    path("<str:number>/facts", stepviews.supplement, name="complaint_supplement"),
    path("<str:number>/tasks/<int:task_id>/<str:noun>", stepviews.task_step, name="task_step"),
    path("<str:number>/<str:noun>", stepviews.step, name="complaint_step"),
]
