"""What has come to its end and waits for somebody's word: by the stored terms, never the last word
(`guards` is)."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from liuhen.cases.models import ActivityRecording, Exhibit
from liuhen.kernel.clock import in_china
from liuhen.people.models import Agency
from liuhen.recordings.models import Recording, RecordingState
from liuhen.retention.log_time import Clocks
from liuhen.retention.models import Appraisal, DisposalItem, Worth

RELATED = ("officer", "unit", "device", "term", "activity_recording__activity__case")


def expired(agency: Agency, clocks: Clocks) -> QuerySet[Recording]:
    """Kept still, in no open case, with a term that is over by both clocks. None if nothing can be
    trusted."""
    rows = Recording.objects.filter(agency=agency, disposed_at=None)
    if clocks.trusted is None:
        return rows.none()
    over = rows.filter(term__agency=agency, term__until__lte=clocks.trusted)
    its = {"activity__case__isnull": False, "activity__case__closed_date": None}
    linked = ActivityRecording.objects.filter(recording=OuterRef("pk"), **its)
    used = Exhibit.objects.filter(
        recording=OuterRef("pk"), withdrawn_at=None, case__closed_date=None
    )
    return over.exclude(state=RecordingState.SEALED).exclude(Exists(linked)).exclude(Exists(used))


def to_appraise(agency: Agency, clocks: Clocks) -> QuerySet[Recording]:
    """Expired, and nobody's word stands; one that was to be kept until a day that has come, too."""
    rows = expired(agency, clocks)
    if clocks.trusted is None:
        return rows
    today = in_china(clocks.trusted).date()
    stands = Q(worth=Worth.NONE) | Q(keep_until_date=None) | Q(keep_until_date__gt=today)
    return rows.exclude(Exists(words().filter(stands)))


def of_no_worth(agency: Agency) -> QuerySet[Recording]:
    """Appraised as of no value, and on no register yet."""
    rows = Recording.objects.filter(agency=agency, disposed_at=None)
    listed = DisposalItem.objects.filter(recording=OuterRef("pk"), is_live=True)
    return rows.filter(Exists(words().filter(worth=Worth.NONE))).exclude(Exists(listed))


def kept_on(agency: Agency) -> QuerySet[Recording]:
    """To be kept on, by the custodian's word."""
    rows = Recording.objects.filter(agency=agency, disposed_at=None)
    return rows.filter(Exists(words().filter(worth=Worth.KEEP)))


def words() -> QuerySet[Appraisal]:
    """The standing ones of the recording outside."""
    return Appraisal.objects.filter(recording=OuterRef("pk"), ended_at=None).order_by()
