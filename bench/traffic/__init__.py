"""The API as it is served, and those who ask it: many at once, hostile ones, while marts change."""
