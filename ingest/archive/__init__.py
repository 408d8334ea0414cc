"""Old months of `raw` as Parquet files, and back.

A month of a table is one file, `<store>/raw/<table>/<yyyy-mm>.parquet`; `raw.archives` knows each one.
The rows of a month have one text, the same in the database and in Parquet (`text.py`), so that one hash
shows that nothing was lost on the way out, in the file, or on the way back.
"""
