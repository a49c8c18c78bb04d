"""Addresses of requests to suppliers; the supplier's own is open to whoever has its secret."""

from django.urls import path

from huiyin.improvement.suppliers import link_views, lists, views

urlpatterns = [
    path("scars/", lists.scars, name="scars"),
    path("scars/new", views.new, name="scar_new"),
    path("scars/<str:number>", views.detail, name="scar"),
    path("scars/<str:number>/facts", views.facts, name="scar_facts"),
    path("scars/<str:number>/<str:noun>", views.step, name="scar_step"),
    path("supplier/<str:secret>", link_views.supplier, name="supplier"),
]
