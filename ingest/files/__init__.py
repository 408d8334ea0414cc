"""Files: JSON lines with a mapping, for sources that offer exports and no open API."""
