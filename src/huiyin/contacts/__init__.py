"""The register of calls, letters, mails and visits; most never become a case, some become a complaint."""
