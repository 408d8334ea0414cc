"""The call budget: a ledger of every call that was sent, and a plan for tonight's."""
