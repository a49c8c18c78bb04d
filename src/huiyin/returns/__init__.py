"""Goods sent again, exchanged, taken back or paid for, with quantities that always add up; joint stock-takes (P2 4.4-2, 4.5-4)."""
