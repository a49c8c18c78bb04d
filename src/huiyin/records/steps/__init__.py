"""Taking a step: conditions, permission, the transaction, its pages and refusals."""
