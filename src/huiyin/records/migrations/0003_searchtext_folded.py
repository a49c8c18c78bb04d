"""The words of a record once more, folded: what is looked for is compared with these by the database itself."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0002_search_index")]
    operations = [
        migrations.AddField(model_name="searchtext", name="folded", field=models.TextField(default="")),
    ]
