"""The journal: append-only entries chained per record, sealed in batches, rendered as sentences for the reader."""
