"""Addresses of requests and stock-takes."""

from django.urls import path

from huiyin.returns import lists, views

R, S = "replacements/<str:number>", "stock-takes/<str:number>"

urlpatterns = [
    path("replacements/", lists.replacements, name="replacements"),
    path("replacements/new", views.request_new, name="replacement_new"),
    path("replacements/losses", lists.losses, name="losses"),
    path(R, views.detail, name="replacement"),
    path(f"{R}/facts", views.supplement, name="replacement_supplement"),
    path(f"{R}/shipments/<int:part_id>/<str:noun>", views.part_step, {"kind": "shipment"}, name="shipment_step"),
    path(f"{R}/lots/<int:part_id>/<str:noun>", views.part_step, {"kind": "lot"}, name="lot_step"),
    path(f"{R}/awards/<int:part_id>/<str:noun>", views.part_step, {"kind": "award"}, name="award_step"),
    path(f"{R}/<str:noun>", views.step, name="replacement_step"),
    path("stock-takes/", lists.stock_takes, name="stock_takes"),
    path("stock-takes/new", views.stock_take_new, name="stock_take_new"),
    path(S, views.stock_take_detail, name="stock_take"),
    path(f"{S}/<str:noun>", views.stock_take_step, name="stock_take_step"),
]
