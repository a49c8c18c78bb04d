"""Child tables: rows in forms, rows that are tasks, rows that come by themselves."""
