"""Triggers that keep history as it was written.

They let an erasing transaction through (core/erasure.py): on PostgreSQL a setting that
lives as long as the transaction, on SQLite a row in the table `core_erasing`.
"""

from django.apps import apps
from django.db import connections

from core.models import AppendOnlyModel

SQLITE = """
CREATE TRIGGER IF NOT EXISTS {table}_no_{verb} BEFORE {verb} ON {table}
WHEN NOT EXISTS (SELECT 1 FROM core_erasing)
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION fieldproof_append_only() RETURNS trigger AS $$
BEGIN
  IF current_setting('fieldproof.erasing', true) = 'on' THEN
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
  END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$ LANGUAGE plpgsql
"""
POSTGRES = """
CREATE OR REPLACE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
FOR EACH ROW EXECUTE FUNCTION fieldproof_append_only()
"""


def append_only_tables() -> list[str]:
    return sorted(
        model._meta.db_table
        for model in apps.get_models()
        if issubclass(model, AppendOnlyModel)
    )


def make_triggers(using="default", **kwargs):
    connection = connections[using]
    existing = set(connection.introspection.table_names())
    tables = [table for table in append_only_tables() if table in existing]
    if "core_erasing" not in existing:
        return
    with connection.cursor() as cursor:
        template = SQLITE
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRES_FUNCTION)
            template = POSTGRES
        for table in tables:
            for verb in ("UPDATE", "DELETE"):
                cursor.execute(template.format(table=table, verb=verb))
