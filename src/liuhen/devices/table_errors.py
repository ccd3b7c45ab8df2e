from django.utils.translation import gettext_lazy as _

from liuhen.kernel.refusal import Refusal


class TableTooLarge(Refusal):
    code = "devices.table_too_large"
    message = _("文件超过 {most} MB，未导入。请使用系统提供的模板重新填写。")


class NotATable(Refusal):
    code = "devices.not_a_table"
    message = _("文件不是可以读取的 Excel 工作簿（.xlsx），未导入。请下载模板，填写后另存再上传。")


class TableHeads(Refusal):
    code = "devices.table_heads"
    message = _("表头与模板不一致，未导入。第一行应依次为：{heads}。请下载模板重新填写。")


class TableMerged(Refusal):
    code = "devices.table_merged"
    message = _("表中有合并单元格，未导入。请取消合并，每项填写一行后重新上传。")


class TableEmpty(Refusal):
    code = "devices.table_empty"
    message = _("表中没有内容，未导入。请从第二行起填写，每项一行。")


class TableTooLong(Refusal):
    code = "devices.table_too_long"
    message = _("表中超过 {most} 行，未导入。请核对后重新上传。")


class TableFaulty(Refusal):
    code = "devices.table_faulty"
    message = _("{all} 行中有 {wrong} 行填写有误，全部未导入。请按提示改正后重新上传。")
