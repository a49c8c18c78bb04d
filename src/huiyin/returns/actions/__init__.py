"""Every write on requests and stock-takes, one function per verb; each is one ``step()``."""
