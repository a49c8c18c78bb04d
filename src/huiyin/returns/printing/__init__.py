"""The controlled records that a request and a stock-take are printed as."""
