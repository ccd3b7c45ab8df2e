"""The tables of devices: registered, in use, mended or lost, supplied, fixed at a window."""

from liuhen.devices.models.mending import (
    CompensationCase,
    CompensationState,
    Fault,
    LossReport,
    RepairTicket,
    TicketState,
)
from liuhen.devices.models.registered import (
    GONE,
    NOT_CARRIED,
    Asset,
    Device,
    DeviceKind,
    DeviceState,
)
from liuhen.devices.models.supply import (
    BudgetCategory,
    BudgetLine,
    BudgetYear,
    DeviceRequest,
    EquipmentQuota,
    RequestState,
    Spending,
)
from liuhen.devices.models.using import (
    Checkout,
    ClockReading,
    Condition,
    Method,
    Moment,
    PreUseCheck,
)
from liuhen.devices.models.windows import GapReason, WindowCamera, WindowGap

__all__ = [
    "GONE",
    "NOT_CARRIED",
    "Asset",
    "BudgetCategory",
    "BudgetLine",
    "BudgetYear",
    "Checkout",
    "ClockReading",
    "CompensationCase",
    "CompensationState",
    "Condition",
    "Device",
    "DeviceKind",
    "DeviceRequest",
    "DeviceState",
    "EquipmentQuota",
    "Fault",
    "GapReason",
    "LossReport",
    "Method",
    "Moment",
    "PreUseCheck",
    "RepairTicket",
    "RequestState",
    "Spending",
    "TicketState",
    "WindowCamera",
    "WindowGap",
]
