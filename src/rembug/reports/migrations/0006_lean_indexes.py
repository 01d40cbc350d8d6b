"""Fewer indexes to write with each report: those of seldom keys hold only the rows that have one, and PostgreSQL keeps no
second index of unique texts for searches by their beginning, which nobody makes."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

TABLES = ("reports_report", "reports_incident")
KEYS = {"body": "people.body", "joins": "reports.incident", "person": settings.AUTH_USER_MODEL}


def drop_plain(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the indexes of the three seldom keys that hold every row."""
    with editor.connection.cursor() as cursor:
        found = editor.connection.introspection.get_constraints(cursor, TABLES[0])
        for name, what in found.items():
            plain = what["index"] and not what["unique"] and not what["primary_key"] and not what["foreign_key"]
            if plain and what["columns"] in [[f"{key}_id"] for key in KEYS]:
                cursor.execute(f'DROP INDEX "{name}"')


def drop_beginnings(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor != "postgresql":
        return
    with editor.connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexname FROM pg_indexes WHERE schemaname = current_schema() AND tablename = ANY(%s) "
            "AND indexname LIKE %s",
            [list(TABLES), r"%\_like"],
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP INDEX "{name}"')


class Migration(migrations.Migration):

    dependencies = [
        ("people", "0003_directory"),
        ("reports", "0005_photo_links"),
    ]

    operations = [
        # Only the indexes go: letting the fields be altered would copy the whole table three times on SQLite, and check
        # all keys three times under a lock on PostgreSQL.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="report",
                    name=name,
                    field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=to),
                )
                for name, to in KEYS.items()
            ],
            database_operations=[migrations.RunPython(drop_plain, migrations.RunPython.noop)],
        ),
        *(
            migrations.AddIndex(
                model_name="report",
                index=models.Index(condition=models.Q((key, None), _negated=True), fields=[key], name=f"reports_report_{key}"),
            )
            for key in KEYS
        ),
        migrations.RunPython(drop_beginnings, migrations.RunPython.noop, elidable=True),
    ]
