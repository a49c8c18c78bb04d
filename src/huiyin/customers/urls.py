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
    path("<str:number>/retirement", views.retire, name="customer_retire"),
    path("<str:number>/people/new", views.new_contact, name="contact_person_new"),
    path("<str:number>/people/<int:pk>", views.change_contact, name="contact_person"),
    path("<str:number>/deliveries/new", views.new_delivery, name="delivery_new"),
    path("<str:number>/deliveries/<int:pk>", views.change_delivery, name="delivery"),
]
