"""Steps 0001 to 0005 as one: a new database makes each table once, as it stands after them.

A database in which some of the five are recorded takes the others one by one. The renaming after them stays apart:
under PostgreSQL the renamed table's key and sequence keep their first names.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("obligations", "0001_initial"),
        ("obligations", "0002_occasions"),
        ("obligations", "0003_put_off"),
        ("obligations", "0004_kept_late"),
        ("obligations", "0005_subjects_site_days"),
    ]

    initial = True

    dependencies = [
        ("people", "0001_initial"),
        ("procedure", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Pause",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("record_id", models.BigIntegerField()),
                ("key", models.CharField(max_length=40)),
                ("started_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["kind", "record_id"], name="pause_record")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)), fields=("kind", "record_id", "key"), name="pause_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("record_number", models.CharField(max_length=40)),
                ("entry_id", models.BigIntegerField(null=True)),
                ("text_zh", models.CharField(max_length=300)),
                ("text_en", models.CharField(max_length=300)),
                ("urgent", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                ("read_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person", "-at"], name="notice_person")],
            },
        ),
        migrations.CreateModel(
            name="Obligation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rule", models.CharField(max_length=60)),
                ("clause", models.CharField(blank=True, max_length=40)),
                ("kind", models.CharField(max_length=20)),
                ("record_id", models.BigIntegerField()),
                ("record_number", models.CharField(max_length=40)),
                ("subject", models.CharField(blank=True, max_length=120)),
                ("part", models.CharField(blank=True, max_length=40)),
                ("label_zh", models.CharField(max_length=120)),
                ("label_en", models.CharField(max_length=160)),
                ("heads_only", models.BooleanField(default=False)),
                ("owed_to", models.CharField(blank=True, max_length=60)),
                ("base_at", models.DateTimeField()),
                ("opened_at", models.DateTimeField()),
                ("original_due_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("paused_at", models.DateTimeField(null=True)),
                ("fulfilled_at", models.DateTimeField(null=True)),
                ("cancelled_at", models.DateTimeField(null=True)),
                ("next_alarm_at", models.DateTimeField(null=True)),
                ("alarms_given", models.PositiveSmallIntegerField(default=0)),
                (
                    "owner_department",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.department",
                    ),
                ),
                (
                    "owner_person",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "procedure",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procedure.procedureversion",
                    ),
                ),
                ("put_off", models.BooleanField(default=False)),
                ("span_due_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("next_alarm_at__isnull", False)),
                        fields=["next_alarm_at"],
                        name="obligation_alarm",
                    ),
                    models.Index(
                        condition=models.Q(("cancelled_at", None), ("fulfilled_at", None)),
                        fields=["owner_department", "due_at"],
                        name="obligation_department",
                    ),
                    models.Index(
                        condition=models.Q(("cancelled_at", None), ("fulfilled_at", None)),
                        fields=["owner_person", "due_at"],
                        name="obligation_person",
                    ),
                    models.Index(
                        condition=models.Q(("cancelled_at", None), ("fulfilled_at", None)),
                        fields=["due_at"],
                        name="obligation_due",
                    ),
                    models.Index(fields=["kind", "record_id"], name="obligation_record"),
                    models.Index(fields=["rule", "opened_at"], name="obligation_rule"),
                    models.Index(
                        condition=models.Q(("fulfilled_at__gt", models.F("due_at"))),
                        fields=["fulfilled_at"],
                        name="obligation_kept_late",
                    ),
                    models.Index(
                        condition=models.Q(("put_off", True)), fields=["cancelled_at"], name="obligation_put_off"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Occasion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rule", models.CharField(max_length=60)),
                ("period", models.CharField(max_length=10)),
                ("number", models.CharField(max_length=40, unique=True)),
                ("base_at", models.DateTimeField()),
                ("opened_at", models.DateTimeField()),
                ("by_event", models.BooleanField(default=False)),
                (
                    "procedure",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procedure.procedureversion",
                    ),
                ),
                ("subject_id", models.BigIntegerField(default=0)),
                ("subject_kind", models.CharField(blank=True, max_length=20)),
                ("subject_name", models.CharField(blank=True, max_length=120)),
                ("subject_number", models.CharField(blank=True, max_length=40)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("rule", "period", "subject_kind", "subject_id"), name="occasion_once_a_period"
                    )
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("subject_id__gt", 0)),
                        fields=["subject_kind", "subject_id", "rule"],
                        name="occasion_subject",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rule", models.CharField(max_length=60)),
                ("period", models.CharField(max_length=10)),
                ("every", models.CharField(max_length=10)),
                ("base_at", models.DateTimeField()),
                ("done_at", models.DateTimeField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("rule", "period"), name="round_once_a_period")],
            },
        ),
        migrations.CreateModel(
            name="SiteDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("date", models.DateField()),
                ("hours", models.JSONField(null=True)),
                ("label_zh", models.CharField(max_length=60)),
                ("label_en", models.CharField(max_length=80)),
                ("department", models.CharField(blank=True, max_length=60)),
                ("entered_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(null=True)),
                ("reckoned_at", models.DateTimeField(null=True)),
                ("taken_in_at", models.DateTimeField(null=True)),
                (
                    "entered_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "removed_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at", None)), fields=("date", "department"), name="site_day_once"
                    )
                ],
            },
        ),
    ]
