"""Indexes over what was kept or put off late only, for the sheets that count lateness."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("obligations", "0003_put_off"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="obligation",
            index=models.Index(
                condition=models.Q(("fulfilled_at__gt", models.F("due_at"))),
                fields=["fulfilled_at"],
                name="obligation_kept_late",
            ),
        ),
        migrations.AddIndex(
            model_name="obligation",
            index=models.Index(
                condition=models.Q(("put_off", True)), fields=["cancelled_at"], name="obligation_put_off"
            ),
        ),
    ]
