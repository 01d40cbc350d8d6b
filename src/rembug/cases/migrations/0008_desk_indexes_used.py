from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("cases", "0007_desk_indexes"),
        ("people", "0003_directory"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="case",
            name="cases_case_due",
        ),
        migrations.RemoveIndex(
            model_name="case",
            name="cases_case_held",
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(condition=models.Q(("due_at__isnull", False)), fields=["city", "due_at", "id", "state", "category", "area_code", "body"], name="cases_case_due"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(condition=models.Q(("holder__isnull", False)), fields=["holder", "state"], name="cases_case_held"),
        ),
    ]
