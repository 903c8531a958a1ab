"""Empty databases for tests, made from the models in a second or two.

Migrating takes ten times as long. That both make the same tables is proven once for
each kind of database: tests/contract/test_migrations.py.
"""

from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from core.append_only import make_triggers
from core.backup.places import make_tables, scratch_database
from interviews.search.tables import make_index


def record_migrations(database):
    """Says that all migrations are applied."""
    recorder = MigrationRecorder(database)
    recorder.ensure_schema()
    recorder.migration_qs.bulk_create(
        recorder.Migration(app=app, name=name)
        for key, migration in MigrationLoader(None).graph.nodes.items()
        for app, name in (key, *migration.replaces)
    )


def make_everything(database):
    """A migrated database, in the time that its tables take."""
    make_tables(database)
    record_migrations(database)
    make_triggers()
    make_index()


def prepare_folder(folder):
    """A data folder whose database is migrated, and empty."""
    folder.mkdir(parents=True)
    with scratch_database(folder) as database:
        make_tables(database)
        record_migrations(database)
        call_command("createcachetable", verbosity=0)
        emit_post_migrate_signal(verbosity=0, interactive=False, db=database.alias)
    (folder / "scratch.sqlite3").rename(folder / "fieldproof.sqlite3")


def shape_of(database):
    """The tables, what holds for them and what is done about them, in any order."""
    shapes = {"sqlite": shape_of_sqlite, "postgresql": shape_of_postgresql}
    with database.cursor() as cursor:
        return shapes[database.vendor](cursor)


def shape_of_sqlite(cursor):
    cursor.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {
        (kind, name): sorted(parts_of(sql)) if kind == "table" else sql
        for kind, name, sql in cursor.fetchall()
    }


def parts_of(sql):
    """The columns and conditions between the outer parentheses of a CREATE TABLE."""
    start, depth, parts = sql.index("(") + 1, 0, []
    for place in range(start, len(sql)):
        depth += {"(": 1, ")": -1}.get(sql[place], 0)
        if (sql[place] == "," and depth == 0) or depth < 0:
            parts.append(" ".join(sql[start:place].split()))
            start = place + 1
    return parts


ASKED = (
    "SELECT table_name, column_name, data_type, is_nullable, column_default, "
    "character_maximum_length, numeric_precision, numeric_scale, is_identity, "
    "collation_name FROM information_schema.columns WHERE table_schema = 'public'",
    "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) "
    "FROM pg_constraint WHERE connamespace = 'public'::regnamespace",
    "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) "
    "FROM pg_trigger WHERE NOT tgisinternal",
)


def shape_of_postgresql(cursor):
    found = {}
    for number, sql in enumerate(ASKED):
        cursor.execute(sql)
        found |= {(number, *row[:2]): row[2:] for row in cursor.fetchall()}
    return found
