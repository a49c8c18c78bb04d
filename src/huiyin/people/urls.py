"""Addresses of people."""

from django.urls import path

from huiyin.people import views

urlpatterns = [
    path("", views.people, name="people"),
    path("new", views.person, name="person_new"),
    path("<int:pk>", views.person, name="person"),
    path("me", views.profile, name="profile"),
    path("me/leave/<int:pk>/end", views.end_leave_early, name="leave_end"),
    path("preferences", views.preferences, name="preferences"),
]
