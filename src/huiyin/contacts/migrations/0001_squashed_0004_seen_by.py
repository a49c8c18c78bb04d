"""Steps 0001 to 0004 as one: a new database makes each table once, as it stands after them.

A database in which some of the four are recorded takes the others one by one.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("contacts", "0001_initial"),
        ("contacts", "0002_initial"),
        ("contacts", "0003_previous_states"),
        ("contacts", "0004_seen_by"),
    ]

    initial = True

    dependencies = [
        ("customers", "0002_previous_states"),
        ("procedure", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Contact",
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
                ("direction", models.CharField(default="in", max_length=3)),
                ("channel", models.CharField(max_length=30)),
                ("stage", models.CharField(blank=True, max_length=30)),
                ("happened_at", models.DateTimeField()),
                ("party_name", models.CharField(blank=True, max_length=120)),
                ("party_phone", models.CharField(blank=True, max_length=40)),
                ("party_email", models.CharField(blank=True, max_length=254)),
                ("topic", models.CharField(blank=True, max_length=300)),
                ("text", models.TextField(blank=True)),
                ("promise_text", models.CharField(blank=True, max_length=300)),
                ("promised_at", models.DateTimeField(null=True)),
                ("analysis", models.TextField(blank=True)),
                ("filed_as", models.CharField(blank=True, max_length=20)),
                ("became", models.CharField(blank=True, max_length=64)),
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
                        related_name="contacts",
                        to="customers.customer",
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
            ],
            options={
                "indexes": [
                    models.Index(fields=["-happened_at", "-id"], name="contact_happened"),
                    models.Index(fields=["state", "-happened_at", "-id"], name="contact_state"),
                    models.Index(fields=["opened_by"], name="contact_opened_by"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("message_id", models.CharField(max_length=300, unique=True)),
                ("raw_sha256", models.CharField(db_index=True, max_length=64)),
                ("raw_size", models.PositiveBigIntegerField(default=0)),
                ("substance", models.CharField(max_length=64)),
                ("sender", models.CharField(blank=True, max_length=320)),
                ("sender_name", models.CharField(blank=True, max_length=200)),
                ("sent_at", models.DateTimeField(null=True)),
                ("in_reply_to", models.CharField(blank=True, max_length=300)),
                ("mark", models.CharField(blank=True, max_length=20)),
                ("headers", models.JSONField(default=dict)),
                ("notes", models.JSONField(default=list)),
                ("refused", models.JSONField(default=list)),
                ("html", models.TextField(blank=True)),
                (
                    "contact",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="message", to="contacts.contact"
                    ),
                ),
                (
                    "earlier",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="contacts.contact",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
