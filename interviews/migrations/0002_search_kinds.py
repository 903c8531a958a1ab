"""Kinds of what search finds stand in settings.SEARCHED, not in the table. It is emptied,
so that rows of the kinds that came are indexed after migrating: interviews/search/tables.py.
"""

from django.db import migrations, models


def empty(apps, schema_editor):
    documents = apps.get_model("interviews", "SearchDocument").objects
    documents.using(schema_editor.connection.alias).all().delete()


class Migration(migrations.Migration):
    dependencies = [("interviews", "0001_tables")]

    operations = [
        migrations.RunPython(empty, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name="searchdocument",
            name="kind",
            field=models.CharField(max_length=12),
        ),
    ]
