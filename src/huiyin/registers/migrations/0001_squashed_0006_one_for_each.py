"""Steps 0001 to 0006 as one: a new database makes each table once, as it stands after them.

A database in which some of the six are recorded takes the others one by one. What 0004 fills in has no rows here yet.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("registers", "0001_initial"),
        ("registers", "0002_approvals"),
        ("registers", "0003_once_a_period"),
        ("registers", "0004_slots_by_presence"),
        ("registers", "0005_offline_sheets"),
        ("registers", "0006_one_for_each"),
    ]

    initial = True

    dependencies = [
        ("people", "0001_initial"),
        ("procedure", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FormRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(max_length=30)),
                ("phase", models.CharField(max_length=20)),
                ("previous_state", models.CharField(blank=True, max_length=100)),
                ("version", models.PositiveIntegerField(default=0)),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                ("extra", models.JSONField(blank=True, default=dict)),
                ("kind", models.CharField(max_length=20)),
                ("number", models.CharField(max_length=40)),
                ("about_kind", models.CharField(blank=True, max_length=20)),
                ("about_id", models.BigIntegerField(null=True)),
                ("about_number", models.CharField(blank=True, max_length=40)),
                ("about_name", models.CharField(blank=True, max_length=160)),
                ("period", models.CharField(blank=True, max_length=10)),
                ("title", models.CharField(blank=True, max_length=200)),
                ("day1", models.DateField(null=True)),
                ("day2", models.DateField(null=True)),
                ("day3", models.DateField(null=True)),
                ("person1", models.BigIntegerField(null=True)),
                ("person2", models.BigIntegerField(null=True)),
                ("person3", models.BigIntegerField(null=True)),
                ("key1", models.CharField(max_length=60, null=True)),
                ("key2", models.CharField(max_length=60, null=True)),
                ("key3", models.CharField(max_length=60, null=True)),
                ("key4", models.CharField(max_length=60, null=True)),
                ("number1", models.DecimalField(decimal_places=4, max_digits=20, null=True)),
                ("number2", models.DecimalField(decimal_places=4, max_digits=20, null=True)),
                ("number3", models.DecimalField(decimal_places=4, max_digits=20, null=True)),
                (
                    "department",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.department",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner",
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
                ("of_whom", models.CharField(blank=True, max_length=32)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["kind", "-opened_at", "-id"], name="form_opened"),
                    models.Index(fields=["kind", "phase", "-opened_at", "-id"], name="form_phase"),
                    models.Index(fields=["about_kind", "about_id"], name="form_about"),
                    models.Index(
                        condition=models.Q(("period", ""), _negated=True), fields=["kind", "period"], name="form_period"
                    ),
                    models.Index(
                        condition=models.Q(("day1__isnull", False)),
                        fields=["kind", "day1", "id"],
                        name="form_day1_filled",
                    ),
                    models.Index(
                        condition=models.Q(("day2__isnull", False)),
                        fields=["kind", "day2", "id"],
                        name="form_day2_filled",
                    ),
                    models.Index(
                        condition=models.Q(("day3__isnull", False)),
                        fields=["kind", "day3", "id"],
                        name="form_day3_filled",
                    ),
                    models.Index(
                        condition=models.Q(("person1__isnull", False)),
                        fields=["person1", "kind", "-opened_at", "-id"],
                        name="form_person1_filled",
                    ),
                    models.Index(
                        condition=models.Q(("person2__isnull", False)),
                        fields=["person2", "kind", "-opened_at", "-id"],
                        name="form_person2_filled",
                    ),
                    models.Index(
                        condition=models.Q(("person3__isnull", False)),
                        fields=["person3", "kind", "-opened_at", "-id"],
                        name="form_person3_filled",
                    ),
                    models.Index(
                        condition=models.Q(("key1__isnull", False)),
                        fields=["kind", "key1", "-opened_at", "-id"],
                        name="form_key1_filled",
                    ),
                    models.Index(
                        condition=models.Q(("key2__isnull", False)),
                        fields=["kind", "key2", "-opened_at", "-id"],
                        name="form_key2_filled",
                    ),
                    models.Index(
                        condition=models.Q(("key3__isnull", False)),
                        fields=["kind", "key3", "-opened_at", "-id"],
                        name="form_key3_filled",
                    ),
                    models.Index(
                        condition=models.Q(("key4__isnull", False)),
                        fields=["kind", "key4", "-opened_at", "-id"],
                        name="form_key4_filled",
                    ),
                    models.Index(
                        condition=models.Q(("number1__isnull", False)),
                        fields=["kind", "number1", "id"],
                        name="form_number1_filled",
                    ),
                    models.Index(
                        condition=models.Q(("number2__isnull", False)),
                        fields=["kind", "number2", "id"],
                        name="form_number2_filled",
                    ),
                    models.Index(
                        condition=models.Q(("number3__isnull", False)),
                        fields=["kind", "number3", "id"],
                        name="form_number3_filled",
                    ),
                    models.Index(
                        condition=models.Q(("owner__isnull", False)),
                        fields=["owner", "kind", "-opened_at", "-id"],
                        name="form_owner_filled",
                    ),
                    models.Index(
                        condition=models.Q(("opened_by__isnull", False)),
                        fields=["opened_by", "kind", "-opened_at", "-id"],
                        name="form_opened_by_filled",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "number"), name="form_number_once"),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("about_id__isnull", False),
                            models.Q(("period", ""), _negated=True),
                            models.Q(("phase", "void"), _negated=True),
                        ),
                        fields=("kind", "period", "about_kind", "about_id"),
                        name="form_period_subject_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("about_id", None),
                            models.Q(("period", ""), _negated=True),
                            models.Q(("phase", "void"), _negated=True),
                        ),
                        fields=("kind", "period", "of_whom"),
                        name="form_period_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FormRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("part_kind", models.CharField(max_length=20)),
                ("position", models.PositiveIntegerField(default=0)),
                ("state", models.CharField(blank=True, max_length=30)),
                ("version", models.PositiveIntegerField(default=0)),
                ("due_on", models.DateField(null=True)),
                ("extra", models.JSONField(blank=True, default=dict)),
                (
                    "owner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="registers.formrecord"
                    ),
                ),
            ],
            options={
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="PackKind",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=20, unique=True)),
                ("label_zh", models.CharField(max_length=100)),
                ("label_en", models.CharField(max_length=100)),
                ("slots", models.JSONField(default=dict)),
                (
                    "first_version",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procedure.procedureversion",
                    ),
                ),
                (
                    "last_version",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procedure.procedureversion",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ApprovalRound",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("part_kind", models.CharField(max_length=24)),
                ("approval", models.CharField(max_length=60)),
                ("number", models.PositiveIntegerField()),
                ("standing", models.CharField(max_length=10)),
                ("at_level", models.CharField(blank=True, max_length=60)),
                ("lap", models.PositiveIntegerField(default=1)),
                ("straight_to", models.CharField(blank=True, max_length=60)),
                ("skipped", models.JSONField(blank=True, default=list)),
                ("content", models.CharField(max_length=64)),
                ("begun_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rounds", to="registers.formrecord"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(fields=("record", "approval", "number"), name="approval_round_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ApprovalSigner",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("part_kind", models.CharField(max_length=24)),
                ("number", models.PositiveIntegerField()),
                ("level", models.CharField(max_length=60)),
                ("lap", models.PositiveIntegerField()),
                ("turn", models.PositiveIntegerField()),
                ("state", models.CharField(max_length=30)),
                ("version", models.PositiveIntegerField(default=0)),
                ("heads_only", models.BooleanField(default=False)),
                ("added", models.BooleanField(default=False)),
                ("carried", models.BooleanField(default=False)),
                ("opinion", models.TextField(blank=True)),
                ("signed_at", models.DateTimeField(null=True)),
                ("content", models.CharField(blank=True, max_length=64)),
                (
                    "department",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.department"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="signers", to="registers.formrecord"
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="signers",
                        to="registers.approvalround",
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "signed_for",
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
                "ordering": ["number"],
                "constraints": [models.UniqueConstraint(fields=("round", "number"), name="approval_place_once")],
            },
        ),
        migrations.CreateModel(
            name="KeptSheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("part_kind", models.CharField(max_length=24)),
                ("verb", models.CharField(max_length=40)),
                ("state", models.CharField(max_length=30)),
                ("version", models.PositiveIntegerField(default=0)),
                ("reasons", models.JSONField(default=list)),
                ("values", models.JSONField(default=dict)),
                ("digest", models.CharField(max_length=64)),
                ("stated_at", models.DateTimeField()),
                ("filled_at", models.DateTimeField()),
                ("received_at", models.DateTimeField()),
                (
                    "author",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.department",
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sheets", to="registers.formrecord"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "kept")), fields=["department"], name="kept_sheet_waiting"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SentFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveBigIntegerField()),
                ("received_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("person", "sha256"), name="sent_file_once")],
            },
        ),
    ]
