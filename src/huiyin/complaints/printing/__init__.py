"""The controlled records that a complaint is printed as, under the titles and numbers of its procedure."""

from huiyin.complaints.printing.views import sheet

__all__ = ["sheet"]
