"""List pages: columns, filters, paging, saved views and export from one declaration."""
