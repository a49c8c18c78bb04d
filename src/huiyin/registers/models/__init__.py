"""The tables of declared kinds: their records, the rounds in which these are approved, what came from telephones."""

from huiyin.registers.models.approvals import ApprovalRound, ApprovalSigner
from huiyin.registers.models.offline import KeptSheet, SentFile
from huiyin.registers.models.records import DAYS, KEYS, NUMBERS, PEOPLE, SLOTS, FormRecord, FormRow, PackKind

__all__ = [
    "DAYS",
    "KEYS",
    "NUMBERS",
    "PEOPLE",
    "SLOTS",
    "ApprovalRound",
    "ApprovalSigner",
    "FormRecord",
    "FormRow",
    "KeptSheet",
    "PackKind",
    "SentFile",
]
