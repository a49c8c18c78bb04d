"""Addresses of the import pages."""

from django.urls import path

from huiyin.channels.imports import views

urlpatterns = [
    path("", views.imports, name="imports"),
    path("sheets/<str:kind>.xlsx", views.blank, name="import_sheet"),
    path("<int:pk>", views.detail, name="import_run"),
    path("<int:pk>/columns", views.matching, name="import_columns"),
    path("<int:pk>/start", views.start, name="import_start"),
    path("<int:pk>/progress", views.progress, name="import_progress"),
    path("<int:pk>/faults.<str:suffix>", views.faults, name="import_faults"),
    path("<int:pk>/undo", views.take_back, name="import_undo"),
]
