"""Addresses of what every record has: files, comments; and of searching."""

from django.urls import path

from huiyin.records import views
from huiyin.records.print import views as printing

urlpatterns = [
    path("search", views.search_page, name="search"),
    path("search/suggest", views.suggest, name="search_suggest"),
    path("sheets/<slug:kind>/<str:number>/<str:form>.<slug:suffix>", printing.sheet, name="sheet"),
    path("files/<int:pk>/preview", views.file_preview, name="file_preview"),
    path("files/<int:pk>/removal", views.file_remove, name="file_remove"),
    path("files/<int:pk>/<str:name>", views.file, name="file"),
    path("files/<slug:kind>/<path:number>", views.file_attach, name="file_attach"),
    path("signatures/<slug:kind>/<path:number>", views.signature_add, name="signature_add"),
    path("comments/<slug:kind>/<path:number>", views.comment_add, name="comment_add"),
]
