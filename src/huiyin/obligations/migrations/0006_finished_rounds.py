from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("obligations", "0005_subjects_site_days")]

    operations = [migrations.RenameModel("Round", "FinishedRound")]
