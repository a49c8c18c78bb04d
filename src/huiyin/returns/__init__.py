"""Goods sent again, exchanged, taken back or paid for, with quantities that add up; joint stock-takes (P2 4.4)."""
