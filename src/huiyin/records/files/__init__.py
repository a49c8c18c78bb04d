"""Files on records: looked at before they are taken, kept under their digest, previewed."""
