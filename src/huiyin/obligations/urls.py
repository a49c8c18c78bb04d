"""Addresses of obligations; the home page is everyone's own."""

from django.urls import path

from huiyin.obligations import views

urlpatterns = [
    path("", views.today, name="today"),
    path("obligations/", views.obligations, name="obligations"),
    path("obligations/<int:pk>", views.explain, name="obligation"),
    path("occasions/<str:number>", views.occasion, name="occasion"),
    path("notices", views.notices, name="notices"),
    path("notices/read", views.notices_read, name="notices_read"),
]
