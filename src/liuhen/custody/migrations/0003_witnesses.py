from django.db import migrations, models

TABLES = ("custody_witnesskey", "custody_cosignature")


def forbid(apps, schema_editor, tables=TABLES):
    for table in tables:
        if schema_editor.connection.vendor == "sqlite":
            for verb in ("UPDATE", "DELETE"):
                schema_editor.execute(
                    f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, 'the custody log is append-only'); END"
                )
        else:
            schema_editor.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION custody_append_only()"
            )


def allow(apps, schema_editor, tables=TABLES):
    for table in tables:
        if schema_editor.connection.vendor == "sqlite":
            for verb in ("update", "delete"):
                schema_editor.execute(f"DROP TRIGGER {table}_no_{verb}")
        else:
            schema_editor.execute(f"DROP TRIGGER {table}_append_only ON {table}")


class Migration(migrations.Migration):

    dependencies = [
        ('custody', '0002_append_only'),
    ]

    operations = [
        migrations.CreateModel(
            name='WitnessKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, unique=True)),
                ('vkey', models.TextField()),
                ('registered_at', models.DateTimeField()),
            ],
        ),
        migrations.AlterField(
            model_name='custodyevent',
            name='kind',
            field=models.CharField(choices=[('log.opened', '存证日志启用'), ('agency.set_up', '单位初始设置'), ('officer.added', '新增人员'), ('officer.changed', '变更人员信息'), ('officer.disabled', '停用账号'), ('officer.enabled', '启用账号'), ('officer.password_changed', '修改口令'), ('session.signed_in', '登录'), ('session.sign_in_failed', '登录失败'), ('session.signed_out', '退出'), ('device.registered', '登记设备'), ('intake.started', '开始采集'), ('intake.finished', '采集结束'), ('recording.sealed', '封存入库'), ('recording.offered_again', '重复采集'), ('recording.examined', '技术检验'), ('recording.assigned', '确认归属'), ('recording.opened', '打开查看'), ('recording.verified', '核验完整性'), ('recording.exported', '导出证明'), ('source.cleared', '清除存储卡上的源文件'), ('vault.scrubbed', '完整性巡检'), ('vault.quarantined', '移入隔离区'), ('witness.registered', '登记见证人公钥')], max_length=40),
        ),
        migrations.CreateModel(
            name='Cosignature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('size', models.BigIntegerField()),
                ('witness', models.CharField(max_length=100)),
                ('line', models.TextField()),
                ('at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('size', 'witness'), name='cosignature_once')],
            },
        ),
        migrations.RunPython(forbid, allow),
    ]
