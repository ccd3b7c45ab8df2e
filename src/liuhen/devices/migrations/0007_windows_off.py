import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    """A camera that was switched off did not record either; and a gap says what went wrong."""

    dependencies = [
        ("devices", "0006_windows"),
    ]

    operations = [
        migrations.AddField(
            model_name="windowcamera",
            name="set_up_at",
            field=models.DateTimeField(default=django.utils.timezone.now),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="windowgap",
            name="detail",
            field=models.CharField(blank=True, max_length=20, default=""),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="windowgap",
            name="reason",
            field=models.CharField(
                choices=[
                    ("unreachable", "无法连接"),
                    ("stream_lost", "信号中断"),
                    ("not_running", "系统未运行"),
                    ("store_failed", "存储写入失败"),
                    ("switched_off", "人工停用"),
                ],
                max_length=14,
            ),
        ),
    ]
