"""Goods sent again, exchanged, taken back or paid for, all of them accounted for; stock-takes (P2 4.4-2, 4.5-4)."""
