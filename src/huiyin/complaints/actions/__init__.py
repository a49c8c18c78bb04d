"""Every write on complaints, one function per verb; each is one ``step()`` and nothing else changes a complaint."""
