"""What the pages of a Power BI report ask of the marts, in the SQL that DirectQuery sends."""
