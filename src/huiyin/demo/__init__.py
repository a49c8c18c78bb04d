"""The demonstration company: a maker of hydraulic parts with a year and a half of customers' complaints.

Every record is made by the same actions as everybody's, played in the order of time: each customer's file, contact and
complaint, each 8D case, request to a supplier, return, stock-take and weekly sheet is one script (``scripts/``) that
says how many minutes of work pass until it goes on; between two steps the worker's own sweep reminds of what is due.
``commands.command`` is ``huiyin demo``; ``texts/`` holds what people write, in both languages.
"""
