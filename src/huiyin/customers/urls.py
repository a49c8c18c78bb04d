"""Addresses of the customer file."""

from django.urls import path

from huiyin.customers import lists, lookups, views

urlpatterns = [
    path("", lists.customers, name="customers"),
    path("new", views.register, name="customer_new"),
    path("lookup", lookups.customers, name="customer_lookup"),
    path("deliveries/lookup", lookups.deliveries, name="delivery_lookup"),
    path("card", lookups.card_fragment, name="customer_card_fragment"),
    path("<str:number>", views.detail, name="customer"),
    path("<str:number>/card", lookups.card, name="customer_card"),
    path("<str:number>/facts", views.change, name="customer_change"),
    path("<str:number>/people/new", views.contact_person, name="contact_person_new"),
    path("<str:number>/people/<int:pk>", views.contact_person, name="contact_person"),
    path("<str:number>/deliveries/new", views.delivery, name="delivery_new"),
    path("<str:number>/deliveries/<int:pk>", views.delivery, name="delivery"),
    path("<str:number>/<str:noun>", views.step, name="customer_step"),
]
