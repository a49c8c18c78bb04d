"""The database itself refuses to change or delete entries and seals."""

from django.db import migrations

from huiyin.journal.protection import protect, unprotect


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [
        migrations.RunPython(
            lambda apps, editor: protect(editor.connection), lambda apps, editor: unprotect(editor.connection)
        )
    ]
