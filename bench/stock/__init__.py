"""A stock of generated ads in a warehouse, and nights on top of it."""
