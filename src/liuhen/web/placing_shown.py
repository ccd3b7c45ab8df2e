"""How a recording came by its time and its maker, to be read beside the sources' claims."""

from dataclasses import dataclass
from datetime import datetime

from liuhen.devices.models import ClockReading
from liuhen.engines.media import clocks
from liuhen.recordings.models import Recording, RecordingState, TimeOrigin
from liuhen.web.readings import offset_text


@dataclass(frozen=True)
class ReadingShown:
    """One reading of the clock, as a person reads it."""

    reading: ClockReading

    @property
    def off_by(self) -> str:
        return offset_text(self.reading.offset_seconds, self.reading.uncertainty_seconds)


@dataclass(frozen=True)
class ClockTold:
    """`device_time` is what the device's clock showed at the start; `off_by` what was taken off."""

    device_time: datetime
    off_by: str
    readings: list[ReadingShown]


def clock_told(recording: Recording) -> ClockTold | None:
    """None: the clock was not compared, or no claim of the device's is believed."""
    offset, uncertainty = recording.clock_offset_seconds, recording.clock_uncertainty_seconds
    if offset is None or uncertainty is None:
        return None
    device_time = recording.recorded_at + clocks.span(offset)
    return ClockTold(device_time, offset_text(offset, uncertainty), readings_beside(recording))


def was_not_compared(recording: Recording) -> bool:
    """Whether the time is a device's whose clock nobody has read."""
    return (
        recording.device is not None
        and recording.state != RecordingState.SEALED
        and recording.clock_offset_seconds is None
        and recording.recorded_at_origin != TimeOrigin.INTAKE
    )


def readings_beside(recording: Recording) -> list[ReadingShown]:
    """The last one before and the first one after the recording."""
    rows = ClockReading.objects.filter(device=recording.device_id).select_related("read_by")
    earlier = rows.filter(read_at__lte=recording.recorded_at).order_by("-read_at", "-id").first()
    later = rows.filter(read_at__gt=recording.recorded_at).order_by("read_at", "id").first()
    return [ReadingShown(reading) for reading in (earlier, later) if reading is not None]
