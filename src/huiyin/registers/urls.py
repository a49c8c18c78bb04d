"""Addresses of declared kinds: ``registers/<kind>/<number>``; of the knowledge base."""

from django.urls import path

from huiyin.registers import views
from huiyin.registers.forms import row_pages, signer_pages
from huiyin.registers.knowledge import pages as knowledge_pages
from huiyin.registers.lists.bulk import bulk
from huiyin.registers.offline import pages as offline_pages

R = "registers/<slug:kind>/<str:number>"

urlpatterns = [
    path("knowledge/", knowledge_pages.listing, name="knowledge"),
    path("knowledge/beside", knowledge_pages.beside, name="knowledge_beside"),
    path("registers/", views.index, name="registers"),
    path("registers/group/<slug:group>", views.index, name="register_group"),
    path("registers/lookup/<slug:kind>", views.lookup, name="register_lookup"),
    path("registers/offline/", offline_pages.page, name="offline"),
    path("registers/offline/worker.js", offline_pages.worker, name="offline_worker"),
    path("registers/offline/contact", offline_pages.contact, name="offline_contact"),
    path("registers/offline/orders", offline_pages.orders, name="offline_orders"),
    path("registers/offline/missing", offline_pages.missing_files, name="offline_missing"),
    path("registers/offline/files", offline_pages.send_file, name="offline_file"),
    path("registers/offline/sheets", offline_pages.send_sheet, name="offline_sheet"),
    path("registers/<slug:kind>/", views.listing, name="register"),
    path("registers/<slug:kind>/bulk", bulk, name="register_bulk"),
    path("registers/<slug:kind>/new", views.new, name="register_new"),
    path("registers/<slug:kind>/new/<slug:verb>", views.new, name="register_open"),
    path("registers/<slug:kind>/rows/<slug:field>", row_pages.refreshed, name="register_rows"),
    path(R, views.detail, name="register_record"),
    path(f"{R}/facts", views.correction, name="register_facts"),
    path(f"{R}/rows/<int:row_id>/<str:noun>", views.row_step, name="register_row_step"),
    path(f"{R}/signers/<int:signer_id>/<str:noun>", signer_pages.signer_step, name="register_signer_step"),
    path(f"{R}/sheets/<int:sheet_id>/<str:noun>", offline_pages.sheet_step, name="register_sheet_step"),
    path(f"{R}/<str:noun>", views.step, name="register_step"),
]
