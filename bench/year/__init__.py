"""A simulated year of collecting, and what is held against the simulator's own diary."""
