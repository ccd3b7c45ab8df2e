from django.utils.translation import gettext_lazy as _

from liuhen.kernel.refusal import Refusal


class NotAWindowCamera(Refusal):
    code = "devices.not_a_window_camera"
    topic = "window"
    message = _(
        "设备“{device_no}”不能设置窗口监控：只有在用的固定视频监控可以设置。请核对设备类型和状态。"
    )


class NotThisBureausCamera(Refusal):
    code = "devices.not_this_bureaus_camera"
    message = _("该摄像机不属于本单位，未作改动。请由其所在单位办理。")


class BadAddress(Refusal):
    code = "devices.bad_window_address"
    message = _(
        "摄像机地址无法识别，未保存。地址应以 rtsp:// 开头，并写明主机，"
        "例如 rtsp://192.168.1.64:554/Streaming/Channels/101。请查阅摄像机说明书后重新填写。"
    )


class PasswordNeeded(Refusal):
    code = "devices.window_password_needed"
    message = _("摄像机的主机、端口或用户名已修改，不能沿用原密码。请重新填写摄像机密码。")
