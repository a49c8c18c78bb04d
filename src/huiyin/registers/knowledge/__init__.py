"""The knowledge base: articles that hold, and their pages."""
