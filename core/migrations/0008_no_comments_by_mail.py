from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0007_comments_chosen_by_venture"),
    ]

    operations = [
        migrations.RemoveField(model_name="user", name="comments_by_mail"),
    ]
