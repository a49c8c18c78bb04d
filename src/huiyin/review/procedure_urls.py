"""Addresses of the procedure and its versions."""

from django.urls import path

from huiyin.review import procedure_views as views

urlpatterns = [
    path("", views.procedure, name="procedure"),
    path("versions/new", views.draft, name="version_new"),
    path("versions/<int:pk>", views.version, name="version"),
    path("versions/<int:pk>/review", views.review, name="version_review"),
    path("versions/<int:pk>/approval", views.approve, name="version_approve"),
    path("versions/<int:pk>/return", views.send_back, name="version_return"),
]
