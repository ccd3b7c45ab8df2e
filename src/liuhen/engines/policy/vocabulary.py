"""The words a pack is written in. Each is stable: packs, answers and events quote it."""

from enum import StrEnum


class Post(StrEnum):
    """Who acts by the regulation; which persons those are, the bureau's people say."""

    OFFICER = "officer"
    ON_SITE_LEADER = "on_site_leader"
    UNIT_HEAD = "unit_head"  # of the unit that handles the matter
    OFFICE_HEAD = "office_head"  # of the unit that keeps the recordings (办公室, 稽查科)
    LEADER = "leader"
    BUREAU_HEAD = "bureau_head"
    KEEPER = "keeper"
    CUSTODIAN = "custodian"
    LEGAL_OFFICE = "legal_office"
    SUPERVISION = "supervision"
    FINANCE = "finance"
    EQUIPMENT = "equipment"


class Topic(StrEnum):
    """What an article governs."""

    DEVICES = "devices"
    EQUIPMENT = "equipment"
    WINDOW = "window"
    UPKEEP = "upkeep"
    LEDGER = "ledger"
    ACCOUNTABILITY = "accountability"
    PURPOSE = "purpose"
    MUST_RECORD = "must_record"
    NO_GAP = "no_gap"
    EXEMPTION = "exemption"
    INTERRUPTION = "interruption"
    SPAN = "span"
    SITE = "site"
    NOTICE = "notice"
    OPENING_STATEMENT = "opening_statement"
    SHOT_LIST = "shot_list"
    PICTURE = "picture"
    CONDUCT = "conduct"
    PRE_USE_CHECK = "pre_use_check"
    HANDOVER = "handover"
    COLLECTION = "collection"
    ARCHIVE = "archive"
    STORAGE = "storage"
    DOSSIER = "dossier"
    ORIGINALS = "originals"
    OUTWARD = "outward"
    ACCESS = "access"
    PUBLICATION = "publication"
    EVIDENCE_NOTE = "evidence_note"
    DISC = "disc"
    RETENTION = "retention"
    LONG_TERM = "long_term"
    HOLD = "hold"
    SECRECY = "secrecy"
    INSPECTION = "inspection"
    SAMPLING = "sampling"
    REVIEW = "review"
    REMOTE_SUPERVISION = "remote_supervision"
    INVESTIGATION = "investigation"
    BREACHES = "breaches"
    SANCTIONS = "sanctions"
    COMPENSATION = "compensation"
    REPAIR = "repair"
    ASSETS = "assets"
    BUDGET = "budget"
    ASSESSMENT = "assessment"
    IN_FORCE = "in_force"


class Clock(StrEnum):
    """What starts the time in which a recording is handed in."""

    RECORDING_END = "recording_end"
    ACTIVITY_END = "activity_end"
    MATTER_END = "matter_end"
    RETURN_TO_UNIT = "return_to_unit"


class Limit(StrEnum):
    SAME_DAY = "same_day"  # the calendar day, China's, on which the clock started
    HOURS = "hours"  # clock hours, not working hours


class Excuse(StrEnum):
    """Why a recording could not be handed in at once."""

    REMOTE = "remote"
    ON_WATER = "on_water"
    POOR_TRANSPORT = "poor_transport"
    AWAY = "away"
    CONTINUOUS = "continuous"
    REMOTE_TOWNSHIP = "remote_township"


class TermRule(StrEnum):
    EXACT = "exact"
    AT_LEAST = "at_least"
    CASE_FILE = "case_file"  # as long as the case file
    UNSTATED = "unstated"  # the regulation states no term: never expires by itself


class Trigger(StrEnum):
    """What makes a recording one to keep for good."""

    OBJECTION = "objection"
    COMPLAINT = "complaint"
    PETITION = "petition"
    EVASION = "evasion"
    OBSTRUCTION = "obstruction"
    ABUSE = "abuse"
    MASS_INCIDENT = "mass_incident"
    SUDDEN_INCIDENT = "sudden_incident"
    MAJOR_CASE = "major_case"
    SENSITIVE = "sensitive"


class Matter(StrEnum):
    """Kinds of enforcement a regulation distinguishes."""

    ON_SITE = "on_site"
    INSPECTION = "inspection"
    COMPLAINT_CALL = "complaint_call"
    INVESTIGATION = "investigation"
    REGISTRATION = "registration"  # prior registration of evidence
    SERVICE = "service"
    SERVICE_BY_LEAVING = "service_by_leaving"
    SERVICE_BY_NOTICE = "service_by_notice"
    COERCIVE_MEASURE = "coercive_measure"
    HEARING = "hearing"
    OTHER = "other"


class Listed(StrEnum):
    """When a matter named by the regulation must be recorded."""

    ALWAYS = "always"
    IF_DISPUTABLE = "if_disputable"
    BY_MATTER_LIST = "by_matter_list"


class Right(StrEnum):
    PERSONAL_FREEDOM = "personal_freedom"
    LIFE_AND_HEALTH = "life_and_health"
    MAJOR_PROPERTY = "major_property"


class Cause(StrEnum):
    """Why nothing was recorded, or recording stopped."""

    DEVICE_FAILURE = "device_failure"
    BATTERY = "battery"
    STORAGE = "storage"
    WEATHER = "weather"
    OBSTRUCTION = "obstruction"
    FORCE_MAJEURE = "force_majeure"
    CHANGE_OF_PLACE = "change_of_place"
    EXPLOSIVE_AREA = "explosive_area"
    SECRECY = "secrecy"
    URGENT = "urgent"
    OBJECTIVE = "objective"
    EVIDENCE_NEEDS = "evidence_needs"


class Consent(StrEnum):
    BEFORE = "before"
    AFTER = "after"


class Moment(StrEnum):
    """Where the time to be recorded begins or ends."""

    ARRIVAL = "arrival"
    LEAVING = "leaving"
    INSPECTION_END = "inspection_end"
    CASE_START = "case_start"
    CASE_END = "case_end"


class Field(StrEnum):
    """What is written beside a recording, on a note or on a label."""

    CASE_NAME = "case_name"
    CASE_NO = "case_no"
    PARTY = "party"
    OFFICER = "officer"
    CONTENT = "content"
    RECORDED_DATE = "recorded_date"
    STORED_DATE = "stored_date"
    MAKER_UNIT = "maker_unit"
    MAKER = "maker"
    MADE_TIME = "made_time"
    EXTRACTOR = "extractor"
    EXTRACTED_TIME = "extracted_time"
    LABEL_NO = "label_no"
    VIEWER = "viewer"
    PURPOSE = "purpose"
    VIEWED_TIME = "viewed_time"
    HANDED_TIME = "handed_time"


class Secret(StrEnum):
    STATE = "state"
    TRADE = "trade"
    PRIVACY = "privacy"
    PERSONAL = "personal"


class RequestKind(StrEnum):
    OWN_CASE = "own_case"
    VIEW = "view"
    CASE_WORK = "case_work"  # litigation and petitions, supervision, case study
    COPY = "copy"
    EVIDENCE = "evidence"
    OFFICIAL = "official"  # court, procuratorate and other organs with a letter
    PARTY = "party"
    PUBLICATION = "publication"


class Act(StrEnum):
    REVIEW = "review"
    APPROVE = "approve"


class Sign(StrEnum):
    """What the record itself shows that may be a breach; people look into it."""

    NOT_RECORDED = "not_recorded"  # an activity that had to be recorded and was not
    GAP = "gap"  # nobody explained it
    LATE_RECORDING = "late_recording"  # recorded after the activity was over
    MISUSE = "misuse"  # for anything but enforcement
    TAMPERED = "tampered"  # other bytes than were sealed, or the traces of an editor
    DENIED = "denied"  # tried again and again to see or take what one may not
    LOST = "lost"  # a device
    SPOT_CHECK = "spot_check"  # an answer of no


class Rhythm(StrEnum):
    WORKING_DAY = "working_day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Medium(StrEnum):
    ARCHIVE_SYSTEM = "archive_system"
    DEDICATED_PC = "dedicated_pc"
    MOBILE_DISK = "mobile_disk"
    STATION = "station"
    DATABASE = "database"
    DISC = "disc"
