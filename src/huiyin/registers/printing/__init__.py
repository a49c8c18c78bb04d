"""A declared kind on paper: fields, rows, pictures, places to sign."""
