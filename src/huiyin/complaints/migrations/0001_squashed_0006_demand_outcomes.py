"""Steps 0001 to 0006 as one: a new database makes each table once, as it stands after them.

A database in which some of the six are recorded takes the others one by one.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("complaints", "0001_initial"),
        ("complaints", "0002_initial"),
        ("complaints", "0003_previous_states"),
        ("complaints", "0004_owner_index"),
        ("complaints", "0005_seen_by"),
        ("complaints", "0006_demand_outcomes"),
    ]

    initial = True

    dependencies = [
        ("contacts", "0004_seen_by"),
        ("customers", "0002_previous_states"),
        ("people", "0001_initial"),
        ("procedure", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Complaint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=40, unique=True)),
                ("state", models.CharField(max_length=30)),
                ("phase", models.CharField(max_length=20)),
                ("previous_state", models.CharField(blank=True, max_length=100)),
                ("version", models.PositiveIntegerField(default=0)),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                ("extra", models.JSONField(blank=True, default=dict)),
                ("received_at", models.DateTimeField()),
                ("channel", models.CharField(max_length=30)),
                ("stage", models.CharField(blank=True, max_length=30)),
                ("customer_name", models.CharField(blank=True, max_length=120)),
                ("caller_name", models.CharField(blank=True, max_length=60)),
                ("caller_phone", models.CharField(blank=True, max_length=40)),
                ("model", models.CharField(blank=True, max_length=80)),
                ("drawing_revision", models.CharField(blank=True, max_length=40)),
                ("batch", models.CharField(blank=True, max_length=60)),
                ("serial", models.CharField(blank=True, max_length=80)),
                ("order_number", models.CharField(blank=True, max_length=60)),
                ("ship_date", models.DateField(blank=True, null=True)),
                ("warranty", models.CharField(blank=True, max_length=20)),
                ("shipped_quantity", models.DecimalField(blank=True, decimal_places=3, max_digits=14, null=True)),
                ("complained_quantity", models.DecimalField(blank=True, decimal_places=3, max_digits=14, null=True)),
                ("verified_quantity", models.DecimalField(blank=True, decimal_places=3, max_digits=14, null=True)),
                ("defect_quantity", models.DecimalField(blank=True, decimal_places=3, max_digits=14, null=True)),
                ("unit", models.CharField(default="piece", max_length=20)),
                ("problem", models.TextField()),
                ("detection", models.CharField(blank=True, max_length=30)),
                ("defect", models.CharField(blank=True, max_length=40)),
                ("sample", models.CharField(blank=True, max_length=200)),
                ("content", models.CharField(blank=True, max_length=30)),
                ("nature", models.CharField(blank=True, max_length=30)),
                ("cause_kind", models.CharField(blank=True, max_length=20)),
                ("severity", models.CharField(blank=True, max_length=20)),
                ("lighter", models.BooleanField(default=False)),
                ("responsible", models.JSONField(default=list)),
                ("findings", models.TextField(blank=True)),
                ("statement", models.TextField(blank=True)),
                ("verdict", models.CharField(blank=True, max_length=30)),
                ("verdict_reason", models.TextField(blank=True)),
                ("verdict_approved_at", models.DateTimeField(null=True)),
                ("transfer_reason", models.CharField(blank=True, max_length=300)),
                ("round", models.PositiveSmallIntegerField(default=1)),
                ("answered_at", models.DateTimeField(null=True)),
                ("accepted_at", models.DateTimeField(null=True)),
                ("called_back_at", models.DateTimeField(null=True)),
                ("satisfaction", models.CharField(blank=True, max_length=30)),
                ("refusal_reason", models.TextField(blank=True)),
                ("closing_note", models.TextField(blank=True)),
                ("reject_reason", models.TextField(blank=True)),
                ("withdraw_reason", models.TextField(blank=True)),
                ("reopen_reason", models.TextField(blank=True)),
                (
                    "contact_person",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="customers.contactperson",
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="complaints",
                        to="customers.customer",
                    ),
                ),
                (
                    "delivery",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="customers.delivery",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="complaints.complaint",
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
                (
                    "source",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="complaints",
                        to="contacts.contact",
                    ),
                ),
                (
                    "transfer_to",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "verdict_approved_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "verdict_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["-received_at", "-id"], name="complaint_received"),
                    models.Index(fields=["phase", "-received_at", "-id"], name="complaint_phase"),
                    models.Index(fields=["state", "-received_at", "-id"], name="complaint_state"),
                    models.Index(fields=["customer", "-received_at"], name="complaint_customer"),
                    models.Index(fields=["model", "batch"], name="complaint_product"),
                    models.Index(fields=["owner", "-received_at", "-id"], name="complaint_owner"),
                    models.Index(fields=["opened_by"], name="complaint_opened_by"),
                    models.Index(
                        condition=models.Q(("transfer_to__isnull", False)),
                        fields=["transfer_to"],
                        name="complaint_transfer",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Demand",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("demand", models.CharField(max_length=30)),
                ("quantity", models.DecimalField(blank=True, decimal_places=3, max_digits=14, null=True)),
                ("amount", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True)),
                ("note", models.CharField(blank=True, max_length=300)),
                (
                    "complaint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="demands", to="complaints.complaint"
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("outcome", models.CharField(blank=True, max_length=20)),
                ("outcome_reason", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Promise",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=300)),
                ("promised_at", models.DateTimeField()),
                ("kept_at", models.DateTimeField(null=True)),
                ("kept_note", models.CharField(blank=True, max_length=300)),
                (
                    "complaint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="promises", to="complaints.complaint"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("kept_at", None)), fields=["complaint"], name="promise_open")
                ],
            },
        ),
        migrations.CreateModel(
            name="Remedy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("remedy", models.CharField(max_length=30)),
                ("quantity", models.DecimalField(blank=True, decimal_places=3, max_digits=14, null=True)),
                ("amount", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True)),
                ("currency", models.CharField(default="CNY", max_length=3)),
                ("note", models.CharField(blank=True, max_length=300)),
                ("decision", models.CharField(max_length=20)),
                ("asked_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                ("decision_note", models.CharField(blank=True, max_length=300)),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "complaint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="remedies", to="complaints.complaint"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("question", models.TextField()),
                ("state", models.CharField(default="assigned", max_length=30)),
                ("previous_state", models.CharField(blank=True, max_length=100)),
                ("version", models.PositiveIntegerField(default=0)),
                ("round", models.PositiveSmallIntegerField(default=1)),
                ("assigned_at", models.DateTimeField()),
                ("decline_reason", models.TextField(blank=True)),
                ("cause", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("return_reason", models.TextField(blank=True)),
                ("carried_out_at", models.DateTimeField(null=True)),
                ("effect", models.TextField(blank=True)),
                ("verified_at", models.DateTimeField(null=True)),
                (
                    "accepted_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "assigned_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "complaint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tasks", to="complaints.complaint"
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.department",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "verified_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["department", "state"], name="task_department")],
            },
        ),
        migrations.CreateModel(
            name="Measure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("measure", models.CharField(max_length=20)),
                ("text", models.TextField()),
                ("responsible", models.CharField(blank=True, max_length=80)),
                ("planned_on", models.DateField(null=True)),
                ("done_on", models.DateField(null=True)),
                ("done_note", models.CharField(blank=True, max_length=300)),
                (
                    "complaint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="measures", to="complaints.complaint"
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="measures", to="complaints.task"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("round", models.PositiveSmallIntegerField()),
                ("text", models.TextField()),
                ("channel", models.CharField(max_length=30)),
                ("at", models.DateTimeField()),
                ("accepted", models.BooleanField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("decided_by_name", models.CharField(blank=True, max_length=60)),
                ("reason", models.TextField(blank=True)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "complaint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="complaints.complaint"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("complaint", "round"), name="one_answer_a_round")],
            },
        ),
        migrations.CreateModel(
            name="Call",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("reached", models.BooleanField()),
                ("satisfaction", models.CharField(blank=True, max_length=30)),
                ("words", models.TextField(blank=True)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "complaint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="calls", to="complaints.complaint"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
