import django.db.models.deletion
from django.db import migrations, models

import interviews.search.fields


class Migration(migrations.Migration):
    """The index over these rows is made after migrating: interviews/search/tables.py."""

    dependencies = [
        ("core", "0003_api_tokens_files_imports"),
        ("interviews", "0002_guides_tags_links_surveys"),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchDocument",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("interview", "Interview"),
                            ("quote", "Quote"),
                            ("person", "Person"),
                            ("organisation", "Organisation"),
                            ("problem", "Problem"),
                        ],
                        max_length=12,
                    ),
                ),
                ("object_id", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("is_long", models.BooleanField(default=False)),
                ("passage", models.PositiveSmallIntegerField(default=0)),
                ("start", models.PositiveIntegerField(default=0)),
                ("end", models.PositiveIntegerField(default=0)),
                ("words", interviews.search.fields.WordsField()),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="core.workspace",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "object_id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("object_id", "kind", "passage"),
                        name="search_document_once",
                    )
                ],
            },
        ),
    ]
