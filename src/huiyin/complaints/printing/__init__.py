"""The controlled records that a complaint is printed as, under the titles and numbers of its procedure."""
