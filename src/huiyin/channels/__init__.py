"""How facts come in from outside by machine: spreadsheets and mail."""
