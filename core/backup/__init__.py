"""Whole installations and single ventures as one file, and back.

archive   the file: a zip with a manifest, checksums and a seal
rows      a row as a line of text that any database reads back
tables    which tables there are, in which order, and which belong to a venture
places    a still view of the database, a scratch database
reading   database → archive
loading   archive → database
making    backup and verify_backup
restoring restore
ventures  export_venture, restore_venture
"""
