# Whose sign-in a session came from, and how long it may last.

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="session",
            name="began",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="session",
            name="seen",
            field=models.DateTimeField(db_index=True, default=django.utils.timezone.now),
        ),
        migrations.AddField(
            model_name="session",
            name="sid",
            field=models.CharField(blank=True, db_index=True, max_length=64),
        ),
    ]
