"""Papers that came with an access request. SQLite makes the table anew for its constraint, and its
triggers (0004) go with the old one: they are set again."""

from importlib import import_module

from django.conf import settings
from django.db import migrations, models

STAYS = import_module("liuhen.cases.migrations.0004_documents_stay")


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0009_submitted_by'),
        ('people', '0007_standins'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(STAYS.allow, STAYS.forbid),
        migrations.RemoveConstraint(
            model_name='document',
            name='document_belongs',
        ),
        migrations.AddField(
            model_name='document',
            name='request_no',
            field=models.CharField(max_length=20, null=True),
        ),
        migrations.AlterField(
            model_name='document',
            name='kind',
            field=models.CharField(choices=[('inspection_record', '现场检查（勘验）笔录'), ('inquiry_record', '询问（调查）笔录'), ('evidence', '证据材料'), ('registration', '先行登记保存文书'), ('coercive_measure', '行政强制文书'), ('notice', '告知书'), ('hearing', '听证文书'), ('decision', '决定书'), ('service', '送达回证'), ('approval', '内部审批文书'), ('work_record', '工作记录、情况说明'), ('letter', '调阅函、介绍信'), ('identity', '身份证件'), ('other', '其他材料')], max_length=20),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(condition=models.Q(('request_no__isnull', False)), fields=['request_no', '-added_at'], name='document_of_request'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(('case__isnull', False), ('activity__isnull', False), ('party__isnull', False), ('request_no__isnull', False), _connector='OR'), name='document_belongs'),
        ),
        migrations.RunPython(STAYS.forbid, STAYS.allow),
    ]
