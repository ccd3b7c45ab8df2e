"""What the log alone says of some recordings and of all their keeping rests on: the rows are not
asked.

Folded from the first event on: when it was recorded, to which activity and case it belongs, in
which cases it is evidence, what is marked, held, complained of, appraised. `borne_out` holds the
rows against it before anything goes.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from liuhen.custody.kinds import Kind
from liuhen.custody.replay import Entry, Replay
from liuhen.people.models import Officer
from liuhen.retention.covered_as_told import Holds


@dataclass
class OfRecording:
    """None: the log does not say. `activity` is a number; `exhibits` by their keys: the case, when
    it was entered, whether it stands; `was_compared`: its device's clock; `worth` "": nobody's
    word stands."""

    sealed_at: datetime | None = None
    recorded_at: datetime | None = None
    duration: Decimal | None = None
    says_duration: bool = False
    was_compared: bool = False
    device_no: str | None = None
    maker: str | None = None
    activity: str | None = None
    exhibits: dict[int, tuple[int, datetime, bool]] = field(default_factory=dict)
    worth: str = ""


@dataclass
class OfActivity:
    case: int | None = None
    party: int | None = None
    triggers: frozenset[str] = frozenset()
    officers: frozenset[str] = frozenset()


@dataclass
class OfCase:
    closed_date: str | None = None
    term: str = ""
    is_major: bool = False
    parties: set[int] = field(default_factory=set)


REACHING = (Kind.HOLD_PLACED, Kind.PARTY_MERGED)
"""Whatever these are about, any recording may be concerned."""


class Told:
    """The fold. `read_on` may be asked again at any time: it reads what is new.

    Args:
        numbers: of the recordings it is about.
    """

    def __init__(self, numbers: Iterable[str]) -> None:
        self.recordings = {number: OfRecording() for number in numbers}
        self.activities: defaultdict[str, OfActivity] = defaultdict(OfActivity)
        self.cases: defaultdict[int, OfCase] = defaultdict(OfCase)
        self.marks: dict[int, tuple[str, str]] = {}
        self.became: dict[int, int] = {}
        self.lists: dict[str, list[str]] = {}
        self.holds = Holds()
        self._replay = Replay()
        # What any of them hangs on by now: other events move none of them under a hold.
        self._watched = {f"recording:{number}" for number in self.recordings}
        # A hold names an officer by login, a recording its maker by certificate.
        rows = Officer.objects.exclude(officer_cert_no=None)
        self._logins = dict(rows.values_list("officer_cert_no", "login"))

    def read_on(self) -> None:
        """Raises: EvidenceInvalid: then nothing of it may be believed."""
        for entry in self._replay.on():
            if entry.kind in FOLDS:
                FOLDS[entry.kind](self, entry)
            self.holds.fold(entry)
            if self.may_move(entry):
                for number, one in self.recordings.items():
                    ties = self.ties_of(one) | {f"recording:{number}"}
                    self.holds.reach(number, ties, one.recorded_at, one.duration)
                    self._watched |= ties

    def may_move(self, entry: Entry) -> bool:
        """Whether some recording may have come under some hold by this."""
        if entry.kind in (Kind.RECORDING_LINKED, Kind.RECORDING_UNLINKED):
            return entry.facts["recording"] in self.recordings
        return entry.subject in self._watched or entry.kind in REACHING

    def ties_of(self, one: OfRecording) -> set[str]:
        """All it hangs on, as a hold names it."""
        found = {f"device:{one.device_no}"} if one.device_no else set()
        officers = {one.maker} if one.maker else set()
        cases = {case for case, _at, stands in one.exhibits.values() if stands}
        parties: set[int] = set()
        if one.activity is not None:
            activity = self.activities[one.activity]
            found.add(f"activity:{one.activity}")
            officers |= activity.officers
            cases |= {activity.case} if activity.case else set()
            parties |= {activity.party} if activity.party else set()
        for case in cases:
            parties |= self.cases[case].parties
        # A hold on one that was merged into another since is the other's, too.
        parties |= {old for old, kept in self.became.items() if kept in parties}
        found |= {f"officer:{self._logins.get(who, who)}" for who in officers}
        return found | {f"case:{case}" for case in cases} | {f"party:{one}" for one in parties}


def numbered(told: Told, subject: str) -> OfRecording:
    """One that nobody asked about is noted and forgotten."""
    return told.recordings.get(subject.removeprefix("recording:")) or OfRecording()


def key_of(entry: Entry) -> int:
    return int(entry.subject.partition(":")[2])


def sealed(told: Told, entry: Entry) -> None:
    one = numbered(told, entry.subject)
    one.sealed_at = entry.at
    one.device_no, one.maker = entry.facts.get("device_no"), entry.facts.get("officer")


def dated(told: Told, entry: Entry) -> None:
    """Examined, or placed anew in time when its device came back."""
    one, facts = numbered(told, entry.subject), entry.facts
    one.recorded_at = datetime.fromisoformat(facts["recorded_at"])
    if "duration_seconds" in facts:
        one.says_duration, said = True, facts["duration_seconds"]
        one.duration = Decimal(said) if said is not None else None
    if entry.kind == Kind.RECORDING_PLACED:
        one.was_compared = facts["offset_seconds"] is not None
    one.maker = facts.get("officer", one.maker)


def assigned(told: Told, entry: Entry) -> None:
    numbered(told, entry.subject).maker = entry.facts["officer"]


def linked(told: Told, entry: Entry) -> None:
    activity = entry.subject.partition(":")[2]
    numbered(told, entry.facts["recording"]).activity = activity


def unlinked(told: Told, entry: Entry) -> None:
    numbered(told, entry.facts["recording"]).activity = None


def used(told: Told, entry: Entry) -> None:
    facts = entry.facts
    numbered(told, entry.subject).exhibits[facts["exhibit"]] = (facts["case"], entry.at, True)


def taken_back(told: Told, entry: Entry) -> None:
    exhibits, key = numbered(told, entry.subject).exhibits, entry.facts["exhibit"]
    if key in exhibits:
        exhibits[key] = (*exhibits[key][:2], False)


def appraised(told: Told, entry: Entry) -> None:
    numbered(told, entry.subject).worth = entry.facts["worth"]


def spared(told: Told, entry: Entry) -> None:
    numbered(told, entry.subject).worth = ""


def drawn(told: Told, entry: Entry) -> None:
    told.lists[entry.subject] = entry.facts["recordings"]


def taken_out(told: Told, entry: Entry) -> None:
    """With the line its appraisal is over."""
    for number in entry.facts["taken_out"]:
        numbered(told, number).worth = ""


def revoked(told: Told, entry: Entry) -> None:
    for number in told.lists.pop(entry.subject, []):
        numbered(told, number).worth = ""


def registered(told: Told, entry: Entry) -> None:
    activity, facts = activity_in(told, entry), entry.facts
    activity.case, activity.party = facts.get("case"), facts.get("party")
    activity.triggers = frozenset(facts.get("triggers") or ())
    activity.officers = frozenset(facts.get("officers") or ())


def changed(told: Told, entry: Entry) -> None:
    """Of what was changed alone: what it was, what it is now."""
    activity, facts = activity_in(told, entry), entry.facts
    if "case" in facts:
        activity.case = facts["case"][1]
    if "party" in facts:
        activity.party = facts["party"][1]
    if "triggers" in facts:
        activity.triggers = frozenset(facts["triggers"][1] or ())
    if "officers" in facts:
        activity.officers = frozenset(facts["officers"][1] or ())


def activity_in(told: Told, entry: Entry) -> OfActivity:
    return told.activities[entry.subject.partition(":")[2]]


def opened(told: Told, entry: Entry) -> None:
    case, facts = told.cases[key_of(entry)], entry.facts
    case.term, case.is_major = facts["term"], facts["is_major"]
    case.parties = {party for party, _part in facts["parties"]}


def case_changed(told: Told, entry: Entry) -> None:
    case, facts = told.cases[key_of(entry)], entry.facts
    for name in ("term", "is_major"):
        if name in facts:
            setattr(case, name, facts[name][1])
    if "party_added" in facts:
        case.parties.add(facts["party_added"][0])
    if "party_removed" in facts:
        case.parties.discard(facts["party_removed"][0])


def closed(told: Told, entry: Entry) -> None:
    case = told.cases[key_of(entry)]
    case.closed_date, case.term = entry.facts["closed_date"], entry.facts["term"]


def reopened(told: Told, entry: Entry) -> None:
    told.cases[key_of(entry)].closed_date = None


def merged(told: Told, entry: Entry) -> None:
    kept, dropped = entry.facts["kept"], entry.facts["dropped"]
    for old, now in list(told.became.items()):
        told.became[old] = kept if now == dropped else now
    told.became[dropped] = kept
    for activity in told.activities.values():
        activity.party = kept if activity.party == dropped else activity.party
    for case in told.cases.values():
        case.parties |= {kept} if dropped in case.parties else set()


def marked(told: Told, entry: Entry) -> None:
    told.marks[entry.facts["mark"]] = (entry.subject, entry.facts["trigger"])


def mark_lifted(told: Told, entry: Entry) -> None:
    told.marks.pop(entry.facts["mark"], None)


FOLDS: dict[str, Callable[[Told, Entry], None]] = {
    Kind.RECORDING_SEALED: sealed,
    Kind.RECORDING_EXAMINED: dated,
    Kind.RECORDING_PLACED: dated,
    Kind.RECORDING_ASSIGNED: assigned,
    Kind.RECORDING_LINKED: linked,
    Kind.RECORDING_UNLINKED: unlinked,
    Kind.RECORDING_USED_AS_EVIDENCE: used,
    Kind.RECORDING_NO_EVIDENCE: taken_back,
    Kind.RECORDING_APPRAISED: appraised,
    Kind.RECORDING_SPARED: spared,
    Kind.DISPOSAL_DRAWN: drawn,
    Kind.DISPOSAL_CHANGED: taken_out,
    Kind.DISPOSAL_REVOKED: revoked,
    Kind.ACTIVITY_REGISTERED: registered,
    Kind.ACTIVITY_CHANGED: changed,
    Kind.CASE_OPENED: opened,
    Kind.CASE_CHANGED: case_changed,
    Kind.CASE_CLOSED: closed,
    Kind.CASE_REOPENED: reopened,
    Kind.PARTY_MERGED: merged,
    Kind.LONG_TERM_MARKED: marked,
    Kind.LONG_TERM_LIFTED: mark_lifted,
}
