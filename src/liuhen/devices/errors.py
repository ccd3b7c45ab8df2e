from django.utils.translation import gettext_lazy as _

from liuhen.kernel.refusal import Refusal


class DeviceNoTaken(Refusal):
    code = "devices.device_no_taken"
    message = _("设备编号“{device_no}”已登记，请核对后重新填写。")
