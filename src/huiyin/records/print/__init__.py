"""Printing: controlled records on A4 as their paper forms, and tables as spreadsheets."""
