from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("cases", "0006_papers"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="case", name="cases_case_mine"),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(condition=models.Q(("due_at", None), _negated=True), fields=["city", "due_at", "id"], name="cases_case_due"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(condition=models.Q(("holder", None), _negated=True), fields=["holder", "state"], name="cases_case_held"),
        ),
    ]
