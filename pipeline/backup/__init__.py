"""Backups of the database, the models and the cache, and the way back to a moment of the past."""
