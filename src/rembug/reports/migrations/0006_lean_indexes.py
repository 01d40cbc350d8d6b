"""Fewer indexes to write with each report: those of seldom keys hold only the rows that have one, and PostgreSQL keeps no
second index of unique texts for searches by their beginning, which nobody makes."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

TABLES = ("reports_report", "reports_incident")


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
        migrations.AlterField(
            model_name="report",
            name="body",
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="people.body"),
        ),
        migrations.AlterField(
            model_name="report",
            name="joins",
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="reports.incident"),
        ),
        migrations.AlterField(
            model_name="report",
            name="person",
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        *(
            migrations.AddIndex(
                model_name="report",
                index=models.Index(condition=models.Q((key, None), _negated=True), fields=[key], name=f"reports_report_{key}"),
            )
            for key in ("joins", "person", "body")
        ),
        migrations.RunPython(drop_beginnings, migrations.RunPython.noop, elidable=True),
    ]
