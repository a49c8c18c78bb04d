"""Addresses of obligations; the home page is everyone's own."""

from django.urls import path

from huiyin.obligations import calendar_pages, views

urlpatterns = [
    path("", views.today, name="today"),
    path("obligations/", views.obligations, name="obligations"),
    path("obligations/<int:pk>", views.explain, name="obligation"),
    path("occasions/<str:number>", views.occasion, name="occasion"),
    path("calendar/", calendar_pages.site_calendar, name="site_calendar"),
    path("calendar/<str:number>", calendar_pages.site_calendar),
    path("calendar/<int:pk>/remove", calendar_pages.site_day_removed, name="site_day_removed"),
    path("notices", views.notices, name="notices"),
    path("notices/read", views.notices_read, name="notices_read"),
]
