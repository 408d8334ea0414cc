"""What was read by people, beside what the warehouse says of the same ads."""
