"""Addresses of the contact register."""

from django.urls import path

from huiyin.contacts import lists, views

urlpatterns = [
    path("", lists.contacts, name="contacts"),
    path("new", views.register, name="contact_new"),
    path("<str:number>", views.detail, name="contact"),
    path("<str:number>/facts", views.supplement, name="contact_supplement"),
    path("<str:number>/original", views.raw, name="contact_raw"),
    path("<str:number>/<str:noun>", views.step, name="contact_step"),
]
