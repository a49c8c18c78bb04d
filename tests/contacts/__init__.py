"""The register of calls, letters, mails, chats and visits."""
