"""The index of overlapping character pairs that the search reads."""

from django.db import migrations

from huiyin.records.search.schema import install, uninstall


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]
    operations = [
        migrations.RunPython(
            lambda apps, editor: install(editor.connection), lambda apps, editor: uninstall(editor.connection)
        )
    ]
