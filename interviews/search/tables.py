"""What Django cannot declare: the index proper, made after migrating.

On SQLite Django rebuilds tables and drops their triggers; then they are made anew, and
the index with them.
"""

from django.db import connections

from core.models import Workspace
from interviews.models import SearchDocument
from interviews.search.fields import INDEX, REBUILD, TABLE
from interviews.search.upkeep import reindex

PUT, DROP, KEEP = f"{TABLE}_put", f"{TABLE}_drop", f"{TABLE}_keep"
SQLITE = (
    f"DROP TRIGGER IF EXISTS {PUT}",
    f"DROP TRIGGER IF EXISTS {DROP}",
    f"DROP TRIGGER IF EXISTS {KEEP}",
    f"DROP TABLE IF EXISTS {INDEX}",
    # prefix: two and three letters after the seven of the key
    """
CREATE VIRTUAL TABLE interviews_searchindex USING fts5(
    words, content='interviews_searchdocument', content_rowid='id',
    tokenize='ascii', columnsize=0, prefix='9 10'
)""",
    """
CREATE TRIGGER interviews_searchdocument_put AFTER INSERT ON interviews_searchdocument
BEGIN
    INSERT INTO interviews_searchindex(rowid, words) VALUES (new.id, new.words);
END""",
    """
CREATE TRIGGER interviews_searchdocument_drop AFTER DELETE ON interviews_searchdocument
BEGIN
    INSERT INTO interviews_searchindex(interviews_searchindex, rowid, words)
    VALUES ('delete', old.id, old.words);
END""",
    """
CREATE TRIGGER interviews_searchdocument_keep BEFORE UPDATE ON interviews_searchdocument
BEGIN
    SELECT RAISE(ABORT, 'search documents are deleted and written, never changed');
END""",
    REBUILD,
)
# Without fastupdate: a reader never pays for what was written a moment ago.
POSTGRESQL = (
    f"CREATE INDEX {INDEX} ON {TABLE} USING gin (words) WITH (fastupdate = off)",
)


def make_index(using="default", **kwargs):
    """After `migrate`: the index, and in it what was written before there was one, or
    before a kind was found."""
    connection = connections[using]
    if TABLE not in connection.introspection.table_names():
        return
    is_postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        is_there = has_index(cursor) if is_postgresql else has_parts(cursor)
        for sql in () if is_there else POSTGRESQL if is_postgresql else SQLITE:
            cursor.execute(sql)
    if not SearchDocument.objects.exists():
        for workspace in Workspace.objects.order_by("pk"):
            reindex(workspace)


def has_parts(cursor):
    names = (INDEX, PUT, DROP, KEEP)
    known = "SELECT count(*) FROM sqlite_master WHERE name IN (%s, %s, %s, %s)"
    cursor.execute(known, names)
    return cursor.fetchone()[0] == len(names)


def has_index(cursor):
    cursor.execute("SELECT to_regclass(%s)", [INDEX])
    return cursor.fetchone()[0] is not None
