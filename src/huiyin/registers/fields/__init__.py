"""The boxes of declared fields: their types, how each is asked, what is stored of it and shown again."""
