"""Every page × every role × whose thing it is: the one table of who is let in where.

`PAGES[name]` is the way it is knocked at, what kind of thing its address names, and for each role
how far it is let in. A role that is not named is refused everywhere. How far:

    any        the page is about no one's thing, or is let in whoever's it is
    own        one's own alone; what is not within reach is not found: it must not be known
    unit       one's own and the unit's
    bureau     all of the bureau's; another bureau's is not found
    unit-own   the unit's but not one's own, which is refused
    own<unit   one's own; the unit's is known to be there but refused
    none<unit  nothing; the unit's is known to be there but refused
    none       nothing, and nothing is known to be there
"""

from typing import NamedTuple

from permission_excel import FILE_OF

from liuhen.people.roles import Role

OFFICER, HEAD, LEADER, CHIEF = Role.OFFICER, Role.UNIT_HEAD, Role.LEADER, Role.BUREAU_HEAD
KEEPER, CUSTODIAN, LEGAL, SUPERVISION = (
    Role.KEEPER, Role.CUSTODIAN, Role.LEGAL_OFFICE, Role.SUPERVISION,
)  # fmt: skip
FINANCE, SYSTEM, SECURITY, AUDITOR = (
    Role.FINANCE, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR,
)  # fmt: skip

Reach = dict[Role, str]


class Page(NamedTuple):
    method: str
    kind: str | None
    reach: Reach


def each(reach: str, *roles: Role) -> Reach:
    return dict.fromkeys(roles or Role, reach)


# A recording: one's own (or shared), the unit's, the bureau's. No administrator sees any.
SEEN = {
    OFFICER: "own",
    HEAD: "unit",
    LEADER: "bureau",
    CHIEF: "bureau",
    CUSTODIAN: "bureau",
    LEGAL: "bureau",
    SUPERVISION: "bureau",
}
SHARED = {
    OFFICER: "own",
    HEAD: "unit",
    CUSTODIAN: "bureau",
    **each("none<bureau", LEADER, CHIEF, LEGAL, SUPERVISION),
}
# A picture of it says no more to those who see none than that there is no such recording.
PICTURED = each("none") | SEEN
# It is played by who made it, and by posts to which the regulation gives it (neiqiu: the unit's
# head's daily check, the legal office's playback). Others know of it and need a grant.
PLAYED = SEEN | each("own<bureau", LEADER, CHIEF, CUSTODIAN, SUPERVISION)
DRAWN = each("none") | PLAYED
# Without a copy's grant nobody takes an original along.
TAKEN = each("none") | {
    OFFICER: "none<own",
    HEAD: "none<unit",
    **each("none<bureau", LEADER, CHIEF, CUSTODIAN, LEGAL, SUPERVISION),
}
# A ticket is its officer's own; of anybody else's nothing is said but no.
TICKET = each("own<other", *SEEN)
# A mark: by those who handle cases; whoever else sees the recording only looks.
MARKED = each("none") | {
    OFFICER: "own",
    HEAD: "unit",
    **each("bureau", CUSTODIAN, LEGAL),
    **each("none<bureau", LEADER, CHIEF, SUPERVISION),
}
UNMARKED = MARKED | {LEGAL: "own<bureau"}
# An activity: one's own, the unit's, the bureau's, as with recordings.
ACTED = SEEN
TAKING_IN = each("own", OFFICER, HEAD, KEEPER, CUSTODIAN)
# An intake: who started it, or made what is in it; all of them for those who see the bureau's.
FOLLOWED = SEEN | {HEAD: "own", KEEPER: "own"}
# A duty: one's own in any case; the unit's and the bureau's for those in charge.
OWED = each("own") | {
    HEAD: "unit",
    **each("bureau", LEADER, CHIEF, CUSTODIAN, LEGAL, SUPERVISION),
}
DONE = each("own") | {
    HEAD: "own<unit",
    **each("own<bureau", LEADER, CHIEF, CUSTODIAN, LEGAL, SUPERVISION),
}
WAIVED = {HEAD: "unit-own", LEADER: "bureau-own", CHIEF: "bureau-own"}

# A use of a device: one's own in any case; the unit's and the bureau's for those in charge.
EQUIPPED = (LEADER, CHIEF, KEEPER, CUSTODIAN, SUPERVISION, FINANCE)
USED = each("own") | {HEAD: "unit", **each("bureau", *EQUIPPED)}
SIGNED = each("own") | {HEAD: "own<unit", **each("own<bureau", *EQUIPPED)}

# What has gone wrong with a device: whoever it is about, and those who see the device.
MENDED = USED
IN_USE = each("own<bureau") | each("bureau", KEEPER, CUSTODIAN)
ACCEPTED = SIGNED | {HEAD: "unit", KEEPER: "bureau", CUSTODIAN: "bureau"}

# A case, a party: seen as recordings are; handled by those whose work it is.
HANDLED = {OFFICER: "own", HEAD: "unit", CUSTODIAN: "bureau", LEGAL: "bureau"}
HANDLING = each("any", *HANDLED)

# An evidence package: who took it out, the custodian, the legal office; others see that it is.
PACKED = {
    OFFICER: "own",
    HEAD: "own<unit",
    **each("bureau", CUSTODIAN, LEGAL),
    **each("none<bureau", LEADER, CHIEF, SUPERVISION),
}
# Discs: for those who see all of the bureau's recordings; handled by their custodian.
DISCS_SEEN = each("any", LEADER, CHIEF, CUSTODIAN, LEGAL, SUPERVISION)
DISC_SEEN = each("bureau", LEADER, CHIEF, CUSTODIAN, LEGAL, SUPERVISION)
REPORTED = DISCS_SEEN
KEPT_DISC = each("bureau", CUSTODIAN)

ANYONE = each("any")
SEEING = each("any", *SEEN)
MANAGING = each("any", SECURITY)
MANAGED = each("bureau", SECURITY)
# A device: the unit's, or the bureau's.
DEVICE = {
    HEAD: "unit",
    **each("bureau", LEADER, CHIEF, KEEPER, CUSTODIAN, SUPERVISION, FINANCE),
}
DEVICES_SEEN = each("any", *DEVICE)
DEVICES = each("any", KEEPER, CUSTODIAN)
COUNTING = each("any", HEAD, LEADER, CHIEF, KEEPER, CUSTODIAN, SUPERVISION, FINANCE)
SEEING_DEVICES = (LEADER, CHIEF, KEEPER, CUSTODIAN, SUPERVISION, FINANCE)
ALLOCATING = each("any", KEEPER, FINANCE)
# A request for devices: the unit's own; all of them for those who see the bureau's devices.
ASKED = each("bureau", *SEEING_DEVICES) | {HEAD: "unit"}
ANSWERED = each("bureau-own", KEEPER, FINANCE)
REGISTERED = each("bureau", KEEPER, CUSTODIAN)
WINDOWS_SEEN = each("any", *SEEING_DEVICES)
WINDOWED = each("bureau", KEEPER, CUSTODIAN)
DECIDING = each("bureau", CHIEF, LEGAL, SECURITY)
KEEPING_RULES = each("any", LEGAL, SECURITY)
READING_LOG = each("any", SUPERVISION, AUDITOR)

# Breaches: who inquires, who decides, whom they ask; each has a say in their own step alone.
ON_BREACHES = (LEADER, CHIEF, LEGAL, SUPERVISION)
INQUIRING = (SUPERVISION, CHIEF)
BREACHES, BREACH = each("any", *ON_BREACHES), each("bureau", *ON_BREACHES)
INQUIRED = each("none<bureau", *ON_BREACHES) | each("bureau", *INQUIRING)
DECIDED_ON = each("none<bureau", *ON_BREACHES) | each("bureau", LEADER, CHIEF)
ADVISED = each("none<bureau", *ON_BREACHES) | each("bureau", LEGAL)

# Holds and complaints: for those who handle complaints; neiqiu names no post of its own.
PLACING = (LEADER, CHIEF, CUSTODIAN, LEGAL, SUPERVISION)
HOLDING = each("any", *PLACING)
HELD = each("none", OFFICER, HEAD) | each("bureau", *PLACING)
# Those it is about neither ask nor agree: here it is about a recording of their own.
LIFTING = each("none", OFFICER, HEAD) | each("bureau-own", *PLACING)
COMPLAINED = each("none", OFFICER, HEAD) | each("bureau", *PLACING)
# A mark for long keeping is lifted by those who see more than their own.
LONG_TERM = {OFFICER: "none<own", HEAD: "unit-own"} | each("bureau-own", CUSTODIAN, LEGAL)

# What was not recorded: seen as its activity is; entered by who took part, decided by the post.
ENTERED = {OFFICER: "own", HEAD: "own<unit"}
OVERSEEING = (LEADER, CHIEF, CUSTODIAN, LEGAL, SUPERVISION)
BY_HEAD = {OFFICER: "none<own", HEAD: "unit-own"} | each("none<bureau", *OVERSEEING)
FILED = ENTERED | each("own<bureau", *OVERSEEING) | {CUSTODIAN: "bureau"}
# An activity: of those who took part, the unit's, the bureau's. It is changed by those who took
# part and the unit's head; what belongs to it is the custodian's to say, too.
WATCHING = each("none<bureau", LEADER, CHIEF, LEGAL, SUPERVISION)
ENACTING = each("any", OFFICER, HEAD)
ENACTED = {OFFICER: "own", HEAD: "unit"}
LINKED = {OFFICER: "own", HEAD: "unit", CUSTODIAN: "bureau", **WATCHING}
KEEPING_MATTERS = each("any", LEGAL)
# A disposal register: the bureau's, for those who have a step in it.
DISPOSING = (HEAD, LEADER, CHIEF, KEEPER, CUSTODIAN, LEGAL, SUPERVISION, FINANCE)
WITNESSING = each("bureau", *(set(DISPOSING) - {CHIEF}))
DISPOSAL = each("bureau", *DISPOSING)

# A spot check: all of the bureau's for those who oversee; who runs one, those they announced or
# check. By this regulation the legal office announces and draws.
SPOT_OVERSEEING = (LEADER, CHIEF, LEGAL, SUPERVISION)
SPOT_TAKING = (HEAD, CUSTODIAN, *SPOT_OVERSEEING)
SPOT_SEEN = each("own", HEAD, CUSTODIAN) | each("bureau", *SPOT_OVERSEEING)
SPOT_DRAWN = each("none<own", HEAD, CUSTODIAN) | each("none<bureau", *SPOT_OVERSEEING)
SPOT_DRAWN |= {LEGAL: "bureau"}
SPOT_CHECKED = each("own", HEAD, CUSTODIAN) | each("own<bureau", *SPOT_OVERSEEING)
# An order of correction: who has to put it right, the unit's head, all for who oversees.
ORDERING = (HEAD, LEADER, CHIEF, CUSTODIAN, LEGAL, SUPERVISION)
ORDERED = {OFFICER: "own", HEAD: "unit"} | each("bureau", *ORDERING[1:])
ACCEPTING = {role: reach for role, reach in ORDERED.items() if role != OFFICER}
# A review: those reviewed, the unit's head, all for who reviews (here the legal office) or leads.
REVIEWING = (LEADER, CHIEF, LEGAL)
REVIEWED = {OFFICER: "own", HEAD: "unit", SUPERVISION: "own"} | each("bureau", *REVIEWING)
RUN = {role: reach for role, reach in REVIEWED.items() if role != OFFICER}
REVIEW_DRAWN = {HEAD: "none<unit", SUPERVISION: "none<own"} | each("bureau", *REVIEWING)

# A viewing request: who asked, who is to decide, and all for those who keep the recordings or
# lead. Here the bureau's head decides, who never decides on their own.
KEEPING = (LEADER, CHIEF, CUSTODIAN, LEGAL)
REQUESTED = each("own") | each("bureau", *KEEPING)
REASKED = each("own", OFFICER, HEAD, SUPERVISION) | each("own<bureau", *KEEPING)
WITHDRAWN = each("own") | each("own<bureau", *KEEPING)
VIEWING_DECIDED = each("none<own") | each("none<bureau", *KEEPING)
# Of whom the regulation names nobody is left here: the head decides, without one a leader.
VIEWING_DECIDED |= {CHIEF: "bureau-own", LEADER: "bureau-own"}
REVOKED = each("none<own") | each("bureau", *KEEPING) | {LEADER: "none<bureau"}
SERVED = each("bureau", CUSTODIAN, LEGAL)
REGISTER_READ = each("any", *KEEPING, SUPERVISION)
STOOD_IN = each("own", *SEEN) | {CHIEF: "bureau"}
# A secrecy mark: set by who made it or answers for it, lifted by those who see secrets.
MARKED_SECRET = SEEN | {SUPERVISION: "none<bureau"}
LIFTED = each("none<own", OFFICER, HEAD, SUPERVISION) | each("bureau", *KEEPING)

PAGES: dict[str, Page] = {
    "web:home": Page("get", None, ANYONE),
    "web:password": Page("get", None, ANYONE),
    "web:sign_out": Page("post", None, ANYONE),
    "web:second_factor": Page("get", None, ANYONE),
    "web:renew_codes": Page("post", None, ANYONE),
    "web:replace_factor": Page("get", None, ANYONE),
    "web:remove_factor": Page("post", None, ANYONE),
    "web:sessions": Page("get", None, ANYONE),
    "web:end_session": Page("post", None, ANYONE),
    # recordings
    "web:recordings": Page("get", None, SEEING),
    "web:recording": Page("get", "recording", SEEN),
    "web:player": Page("get", "recording", SEEN),
    "web:open": Page("post", "recording", PLAYED),
    "web:verify": Page("post", "recording", SEEN),
    "web:history": Page("get", "recording", SEEN),
    "web:assign": Page("post", "recording", each("bureau", CUSTODIAN)),
    "web:share": Page("post", "recording", SHARED),
    "web:unshare": Page("post", "share", SHARED),
    "api:poster": Page("get", "recording", PICTURED),
    "api:waveform": Page("get", "recording", DRAWN),
    "api:original": Page("get", "ticket", TICKET),
    "api:rendition": Page("get", "ticket", TICKET),
    "api:opening": Page("post", "recording", DRAWN),
    "api:closing": Page("post", "viewing", ANYONE),
    "api:download": Page("post", "recording", TAKEN),
    "api:mark": Page("post", "recording", MARKED),
    "api:unmark": Page("post", "mark", UNMARKED),
    "api:speech": Page("post", "recording", MARKED),
    "api:snapshot": Page("post", "recording", MARKED),
    "api:snapshot_picture": Page("get", "taken", TICKET),
    "api:track": Page("get", "recording", DRAWN),
    "web:activity_player": Page("get", "activity", ACTED),
    # viewing requests: one's own, what waits for one's word, and all for who keeps them
    "web:viewing_requests": Page("get", None, ANYONE),
    "web:ask_viewing": Page("get", None, SEEING),
    "web:viewing_request": Page("get", "viewing_request", REQUESTED),
    "web:print_viewing": Page("get", "viewing_request", REQUESTED),
    "web:pdf_viewing": Page("get", "viewing_request", REQUESTED),
    "web:resubmit_viewing": Page("get", "viewing_request", REASKED),
    "web:withdraw_viewing": Page("post", "viewing_request", WITHDRAWN),
    "web:decide_viewing": Page("post", "viewing_request", VIEWING_DECIDED),
    "web:revoke_viewing": Page("post", "viewing_request", REVOKED),
    "web:answer_viewing": Page("post", "viewing_request", SERVED),
    "web:add_viewing_paper": Page("post", "viewing_request", SERVED),
    "web:open_viewing_paper": Page("get", "viewing_paper", REQUESTED),
    "web:viewing_register": Page("get", None, REGISTER_READ),
    "web:print_viewing_register": Page("get", None, REGISTER_READ),
    "web:pdf_viewing_register": Page("get", None, REGISTER_READ),
    "web:export_viewing_register": Page("get", None, REGISTER_READ),
    "web:stand_ins": Page("get", None, SEEING),
    "web:end_stand_in": Page("post", "stand_in", STOOD_IN),
    "web:mark_secrecy": Page("post", "recording", MARKED_SECRET),
    "web:lift_secrecy": Page("post", "secrecy", LIFTED),
    # intake
    "web:intake": Page("get", None, each("any", *TAKING_IN)),
    "web:folder": Page("get", None, each("any", *TAKING_IN)),
    "web:start": Page("post", None, each("any", *TAKING_IN)),
    "web:finish_upload": Page("post", "group", TAKING_IN),
    "web:batches": Page("get", None, each("any", *FOLLOWED)),
    "web:batch": Page("get", "batch", FOLLOWED),
    "web:batch_progress": Page("get", "batch", FOLLOWED),
    "api:uploads": Page("post", None, each("any", *TAKING_IN)),
    "api:upload": Page("head", "upload", TAKING_IN),
    # cases, parties, papers
    "web:cases": Page("get", None, SEEING),
    "web:export_cases": Page("get", None, SEEING),
    "web:open_case": Page("get", None, HANDLING),
    "web:case": Page("get", "case", SEEN),
    "web:edit_case": Page("get", "case", HANDLED),
    "web:close_case": Page("post", "case", HANDLED),
    "web:reopen_case": Page("post", "case", HANDLED),
    "web:add_case_party": Page("post", "case", HANDLED),
    "web:remove_case_party": Page("post", "case_entry", HANDLED),
    "web:add_document": Page("get", None, HANDLING),
    "web:open_document": Page("get", "document", SEEN),
    "web:withdraw_document": Page("post", "document", HANDLED),
    "web:parties": Page("get", None, SEEING),
    "web:add_party": Page("get", None, HANDLING),
    "web:party": Page("get", "party", SEEN),
    "web:edit_party": Page("get", "party", HANDLED),
    "web:show_party_number": Page("post", "party", HANDLED),
    "web:print_dossier": Page("get", "party", SEEN),
    "web:export_dossier": Page("post", "party", each("bureau", CUSTODIAN, LEGAL)),
    "web:party_twins": Page("get", None, HANDLING),
    "web:hold_apart": Page("post", "twin", HANDLED),
    "web:propose_merge": Page("post", "party", HANDLED),
    "web:party_merges": Page("get", None, HANDLING),
    "web:decide_merge": Page(
        "post",
        "merge",
        {OFFICER: "none<own", HEAD: "unit-own", **each("bureau-own", CUSTODIAN, LEGAL)},
    ),
    "web:withdraw_merge": Page(
        "post",
        "merge",
        {OFFICER: "own", HEAD: "own<unit", **each("own<bureau", CUSTODIAN, LEGAL)},
    ),
    # evidence
    "web:add_exhibit": Page("post", "case", HANDLED),
    "web:withdraw_exhibit": Page("post", "exhibit", HANDLED),
    "web:extractions": Page("get", None, SEEING),
    "web:new_extraction": Page("get", None, HANDLING),
    "web:extraction": Page("get", "extraction", SEEN),
    "web:extraction_note": Page("get", "extraction", SEEN),
    "web:new_package_discs": Page("get", "extraction", KEPT_DISC),
    "web:take_package": Page("post", "extraction", PACKED),
    "web:required": Page("get", None, SEEING),
    "web:fill_required": Page("post", None, HANDLING),
    # discs, and the tree on an external disk
    "web:discs": Page("get", None, DISCS_SEEN),
    "web:export_discs": Page("get", None, DISCS_SEEN),
    "web:discs_due": Page("get", None, DISCS_SEEN),
    "web:discs_out": Page("get", None, DISCS_SEEN),
    "web:new_disc_set": Page("get", None, each("none", CUSTODIAN)),
    "web:disc_set": Page("get", "disc_set", DISC_SEEN),
    "web:disc_set_state": Page("get", "disc_set", DISC_SEEN),
    "web:disc_labels": Page("get", "disc_set", DISC_SEEN),
    "web:take_disc_image": Page("post", "disc", KEPT_DISC),
    "web:disc_image_again": Page("post", "disc", KEPT_DISC),
    "web:disc": Page("get", "disc", DISC_SEEN),
    "web:disc_state": Page("get", "disc", DISC_SEEN),
    "web:note_disc_written": Page("post", "disc", KEPT_DISC),
    "web:burn_disc": Page("post", "disc", KEPT_DISC),
    "web:read_disc_back": Page("post", "disc", KEPT_DISC),
    "web:check_disc": Page("post", "disc", KEPT_DISC),
    "web:store_disc": Page("post", "disc", KEPT_DISC),
    "web:lend_disc": Page("post", "disc", KEPT_DISC),
    "web:take_disc_back": Page("post", "disc", KEPT_DISC),
    "web:replace_disc": Page("post", "disc", KEPT_DISC),
    "web:trees": Page("get", None, each("any", CUSTODIAN)),
    "web:tree_runs": Page("get", None, each("any", CUSTODIAN)),
    # duties
    "web:duties": Page("get", None, ANYONE),
    "web:duties_export": Page("get", None, ANYONE),
    "web:duty": Page("get", "duty", OWED),
    "web:complete_duty": Page("post", "duty", DONE),
    "web:waive_duty": Page("post", "duty", WAIVED),
    # exemptions, interruptions, stop reports
    "web:unrecorded": Page("get", None, SEEING),
    "web:ask_exemption": Page("get", "own_activity", ENTERED),
    "web:enter_interruption": Page("get", "own_activity", ENTERED),
    "web:report_stop": Page("get", "own_activity", ENTERED),
    "web:exemption": Page("get", "exemption", SEEN),
    "web:submit_exemption": Page("post", "exemption", ENTERED),
    "web:decide_exemption": Page("post", "exemption", BY_HEAD),
    "web:file_exemption": Page("post", "exemption", FILED),
    "web:print_exemption": Page("get", "exemption", SEEN),
    "web:pdf_exemption": Page("get", "exemption", SEEN),
    "web:interruption": Page("get", "interruption", SEEN),
    "web:change_interruption": Page("get", "interruption", ENTERED),
    "web:submit_interruption": Page("post", "interruption", ENTERED),
    "web:decide_interruption": Page("post", "interruption", BY_HEAD),
    "web:file_interruption": Page("post", "interruption", FILED),
    "web:print_interruption": Page("get", "interruption", SEEN),
    "web:pdf_interruption": Page("get", "interruption", SEEN),
    "web:stop": Page("get", "stop", SEEN),
    "web:see_stop": Page("post", "stop", BY_HEAD),
    "web:state_stop": Page("post", "stop", ENTERED),
    "web:print_stop": Page("get", "stop", SEEN),
    "web:pdf_stop": Page("get", "stop", SEEN),
    # activities, what belongs to them, the matter list
    "web:activities": Page("get", None, SEEING),
    "web:export_activities": Page("get", None, SEEING),
    "web:new_activity": Page("get", None, ENACTING),
    "web:activity": Page("get", "activity", SEEN),
    "web:on_site": Page("get", "activity", SEEN),
    "web:edit_activity": Page("get", "activity", ENACTED),
    "web:void_activity": Page("post", "activity", ENACTED),
    "web:arrive": Page("post", "activity", ENACTED),
    "web:end_inspection": Page("post", "activity", ENACTED),
    "web:leave": Page("post", "activity", ENACTED),
    "web:point": Page("post", "activity", ENACTED),
    "web:confirm_recordings": Page("post", "activity", LINKED),
    "web:decline_recordings": Page("post", "activity", LINKED),
    "web:add_recording": Page("post", "activity", LINKED),
    "web:unlink_recording": Page("post", "activity", LINKED),
    "web:loose": Page("get", None, SEEING),
    "web:confirm_proposals": Page("post", None, SEEING),
    "web:assign_loose": Page("post", None, SEEING),
    "web:asides": Page("get", None, SEEING),
    "web:take_back_aside": Page("post", "recording", SHARED),
    "web:matters": Page("get", None, SEEING),
    "web:export_matters": Page("get", None, SEEING),
    "web:import_matters": Page("get", None, KEEPING_MATTERS),
    "web:matter_template": Page("get", None, KEEPING_MATTERS),
    "web:matter_errors": Page("get", None, KEEPING_MATTERS),
    "web:classify_matter": Page("post", "matter", each("bureau", LEGAL)),
    # appraisal, disposal registers, storage
    "web:appraisals": Page("get", None, each("any", CUSTODIAN)),
    "web:appraise": Page("post", None, each("any", CUSTODIAN)),
    "web:look_to_appraise": Page("post", "recording", KEPT_DISC),
    "web:draw_disposal": Page("post", None, each("any", CUSTODIAN)),
    "web:disposals": Page("get", None, each("any", *DISPOSING)),
    "web:disposal": Page("get", "disposal", DISPOSAL),
    "web:submit_disposal": Page("post", "disposal", each("bureau", CUSTODIAN)),
    "web:take_out_of_disposal": Page("post", "disposal", each("bureau", CUSTODIAN)),
    "web:decide_disposal": Page("post", "disposal", each("bureau", LEGAL, CHIEF)),
    "web:revoke_disposal": Page("post", "disposal", each("bureau", CUSTODIAN, LEGAL, CHIEF)),
    "web:witness_disposal": Page("post", "disposal", WITNESSING),
    "web:disposal_copies_gone": Page("post", "disposal", each("bureau", CUSTODIAN)),
    "web:go_on_with_disposal": Page("post", "disposal", each("bureau", CUSTODIAN)),
    "web:print_disposal": Page("get", "disposal", DISPOSAL),
    "web:pdf_disposal": Page("get", "disposal", DISPOSAL),
    "web:export_disposal": Page("get", "disposal", DISPOSAL),
    "web:disposal_certificate": Page("get", "done_disposal", DISPOSAL),
    "web:pdf_disposal_certificate": Page("get", "done_disposal", DISPOSAL),
    "web:storage": Page("get", None, each("any", LEADER, CHIEF, CUSTODIAN, SYSTEM)),
    # spot checks
    "web:spot_checks": Page("get", None, each("any", *SPOT_TAKING)),
    "web:new_spot_check": Page("get", None, each("any", LEGAL)),
    "web:blank_spot_check": Page("get", None, each("any", *SPOT_TAKING)),
    "web:spot_check": Page("get", "spot_check", SPOT_SEEN),
    "web:draw_spot_check": Page("post", "spot_check", SPOT_DRAWN),
    "web:abandon_spot_check": Page("post", "spot_check", SPOT_SEEN),
    "web:close_spot_check": Page("post", "spot_check", SPOT_SEEN),
    "web:give_spot_item": Page("post", "spot_check", SPOT_SEEN),
    "web:spot_work": Page("get", "spot_check", SPOT_SEEN),
    "web:answer_spot_item": Page("post", "spot_item", SPOT_CHECKED),
    "web:note_spot_item": Page("post", "spot_item", SPOT_CHECKED),
    "web:spot_frame": Page("get", "spot_check", SPOT_SEEN),
    "web:print_spot_check": Page("get", "spot_check", SPOT_SEEN),
    "web:pdf_spot_check": Page("get", "spot_check", SPOT_SEEN),
    "web:export_spot_check": Page("get", "spot_check", SPOT_SEEN),
    # reviews, corrections, what is looked at day by day
    "web:corrections": Page("get", None, each("any", OFFICER, *ORDERING)),
    "web:order_correction": Page("get", None, each("any", *ORDERING)),
    "web:export_corrections": Page("get", None, each("any", OFFICER, *ORDERING)),
    "web:pdf_corrections": Page("get", None, each("any", OFFICER, *ORDERING)),
    "web:correction": Page("get", "correction", ORDERED),
    "web:submit_correction": Page("post", "correction", ORDERED),
    "web:accept_correction": Page("post", "correction", ACCEPTING),
    "web:return_correction": Page("post", "correction", ACCEPTING),
    "web:withdraw_correction": Page("post", "correction", ACCEPTING),
    "web:add_correction_proof": Page("post", "correction", ORDERED),
    "web:open_correction_proof": Page("get", "proof", ORDERED),
    "web:print_correction": Page("get", "correction", ORDERED),
    "web:pdf_correction": Page("get", "correction", ORDERED),
    "web:daily_check": Page("get", None, each("any", *ORDERING)),
    "web:enter_daily_check": Page("post", None, each("any", *ORDERING)),
    "web:export_daily_checks": Page("get", None, each("any", *ORDERING)),
    "web:remote_supervision": Page(
        "get", None, each("any", HEAD, LEADER, CHIEF, CUSTODIAN, SUPERVISION)
    ),
    "web:playback": Page("get", None, each("any", LEGAL)),
    "web:enter_playback": Page("post", None, each("any", LEGAL)),
    "web:finish_playback": Page("post", None, each("any", LEGAL)),
    "web:reviews": Page("get", None, each("any", OFFICER, HEAD, SUPERVISION, *REVIEWING)),
    "web:new_review": Page("get", None, each("any", *REVIEWING)),
    "web:review_form": Page("get", None, each("any", HEAD, SUPERVISION, *REVIEWING)),
    "web:import_review_form": Page("get", None, each("any", HEAD, SUPERVISION, *REVIEWING)),
    "web:review_form_template": Page("get", None, each("any", HEAD, SUPERVISION, *REVIEWING)),
    "web:review_form_errors": Page("get", None, each("any", HEAD, SUPERVISION, *REVIEWING)),
    "web:review": Page("get", "review", REVIEWED),
    "web:draw_review": Page("post", "review", REVIEW_DRAWN),
    "web:announce_review": Page("post", "review", RUN),
    "web:close_review": Page("post", "review", RUN),
    "web:abandon_review": Page("post", "review", RUN),
    "web:replace_reviewer": Page("post", "review", RUN),
    "web:print_review": Page("get", "review", REVIEWED),
    "web:pdf_review": Page("get", "review", REVIEWED),
    "web:export_review": Page("get", "review", REVIEWED),
    "web:review_item": Page("get", "review_item", REVIEWED),
    "web:score_review_item": Page("post", "review_item", REVIEWED),
    "web:object_review_item": Page("post", "review_item", REVIEWED),
    "web:answer_review_objection": Page("post", "review_item", RUN),
    "web:print_review_sheet": Page("get", "review_item", REVIEWED),
    "web:pdf_review_sheet": Page("get", "review_item", REVIEWED),
    # marks for long keeping, holds, complaints
    "web:mark_recording": Page("post", "recording", HANDLED),
    "web:mark_activity": Page("post", "activity", HANDLED),
    "web:mark_case": Page("post", "case", HANDLED),
    "web:lift_long_term": Page("post", "long_term", LONG_TERM),
    "web:holds": Page("get", None, HOLDING),
    "web:export_holds": Page("get", None, HOLDING),
    "web:export_complaints": Page("get", None, HOLDING),
    "web:place_hold": Page("get", None, HOLDING),
    "web:hold": Page("get", "hold", HELD),
    "web:ask_lift": Page("post", "hold", LIFTING),
    "web:refuse_lift": Page("post", "hold", LIFTING),
    "web:lift_hold": Page("post", "hold", LIFTING),
    "web:complaints": Page("get", None, HOLDING),
    "web:enter_complaint": Page("get", None, HOLDING),
    "web:complaint": Page("get", "complaint", COMPLAINED),
    "web:close_complaint": Page("post", "complaint", COMPLAINED),
    # devices
    "web:devices": Page("get", None, DEVICES_SEEN),
    "web:add_device": Page("get", None, DEVICES),
    "web:kiosk": Page("get", None, DEVICES),
    "web:kiosk_panel": Page("get", None, DEVICES),
    "web:clock": Page("get", None, DEVICES),
    "web:clock_code": Page("get", None, DEVICES),
    "web:hand_out": Page("post", "device", each("bureau", KEEPER, CUSTODIAN)),
    "web:enter_check": Page("post", "device", each("bureau", KEEPER, CUSTODIAN)),
    "web:read_clock": Page("post", "device", each("bureau", KEEPER, CUSTODIAN)),
    "web:set_clock": Page("post", "device", each("bureau", KEEPER, CUSTODIAN)),
    "web:read_clock_file": Page("post", "device", each("bureau", KEEPER, CUSTODIAN)),
    "web:take_back": Page("post", "checkout", each("bureau", KEEPER, CUSTODIAN)),
    "web:ledger": Page("get", None, ANYONE),
    "web:blank_papers": Page("get", None, ANYONE),
    "web:blank_paper": Page("get", "blank", ANYONE),
    "web:pdf_ledger": Page("get", None, ANYONE),
    "web:pdf_checks": Page("get", None, DEVICES_SEEN),
    "web:pdf_assets": Page("get", None, DEVICES_SEEN),
    "web:pdf_budget": Page("get", "year", each("any", *SEEING_DEVICES)),
    "web:pdf_repair": Page("get", "repair", MENDED),
    "web:pdf_compensation": Page("get", "compensation", MENDED),
    "web:print_ledger": Page("get", None, ANYONE),
    "web:export_ledger": Page("get", None, ANYONE),
    "web:devices_out": Page("get", None, each("any", HEAD, *EQUIPPED)),
    "web:my_devices": Page("get", None, ANYONE),
    "web:checkout": Page("get", "checkout", USED),
    "web:sign_checkout": Page("post", "checkout", SIGNED),
    # equipment standard, requests, yearly budget
    "web:equipment": Page("get", None, COUNTING),
    "web:export_equipment": Page("get", None, COUNTING),
    "web:import_quotas": Page("get", None, ALLOCATING),
    "web:quota_template": Page("get", None, ALLOCATING),
    "web:quota_errors": Page("get", None, ALLOCATING),
    "web:device_requests": Page("get", None, COUNTING),
    "web:ask_devices": Page("get", None, each("any", HEAD)),
    "web:device_request": Page("get", "device_request", ASKED),
    "web:decide_request": Page("post", "device_request", ANSWERED),
    "web:allocate_devices": Page("post", "device_request", ANSWERED),
    "web:withdraw_request": Page("post", "device_request", {HEAD: "own<unit"}),
    "web:budget": Page("get", None, each("any", *SEEING_DEVICES)),
    "web:budget_template": Page("get", None, each("any", FINANCE)),
    "web:budget_errors": Page("get", None, each("any", FINANCE)),
    "web:edit_budget_line": Page("get", "budget_line", each("bureau", FINANCE)),
    "web:remove_budget_line": Page("post", "budget_line", each("bureau", FINANCE)),
    "web:add_budget_line": Page("get", "year", each("any", FINANCE)),
    "web:submit_budget": Page("post", "planned_year", each("bureau", FINANCE)),
    "web:spend": Page("post", "year", each("any", FINANCE)),
    "web:import_budget": Page("get", "year", each("any", FINANCE)),
    "web:export_budget": Page("get", "year", each("any", *SEEING_DEVICES)),
    # repair, loss, compensation
    "web:repairs": Page("get", None, ANYONE),
    "web:export_repairs": Page("get", None, ANYONE),
    "web:report_repair": Page("get", "used_device", IN_USE | {FINANCE: "bureau"}),
    "web:repair": Page("get", "repair", MENDED),
    "web:print_repair": Page("get", "repair", MENDED),
    "web:take_up_repair": Page("post", "repair", each("bureau", KEEPER, FINANCE)),
    "web:finish_repair": Page("post", "repair", each("bureau", KEEPER, FINANCE)),
    "web:give_up_repair": Page("post", "repair", each("bureau", KEEPER, FINANCE)),
    "web:close_repair": Page("post", "repair", ACCEPTED),
    "web:open_compensation": Page(
        "post", "repair", each("bureau", KEEPER, CUSTODIAN, FINANCE, LEADER, CHIEF)
    ),
    "web:losses": Page("get", None, ANYONE),
    "web:report_loss": Page("get", "used_device", IN_USE),
    "web:loss": Page("get", "loss", MENDED),
    "web:found_device": Page("post", "loss", each("bureau", KEEPER, CUSTODIAN)),
    "web:compensations": Page("get", None, ANYONE),
    "web:compensation": Page("get", "compensation", MENDED),
    "web:print_compensation": Page("get", "compensation", MENDED),
    "web:decide_compensation": Page("post", "compensation", each("bureau-own", LEADER, CHIEF)),
    "web:waive_compensation": Page("post", "compensation", each("bureau-own", LEADER, CHIEF)),
    "web:pay_compensation": Page("post", "compensation", each("bureau-own", FINANCE)),
    "web:devices_export": Page("get", None, DEVICES_SEEN),
    "web:scan_device": Page("get", None, DEVICES_SEEN),
    "web:device_labels": Page("get", None, DEVICES),
    "web:import_devices": Page("get", None, DEVICES),
    "web:device_template": Page("get", None, DEVICES),
    "web:device_import_errors": Page("post", None, DEVICES),
    "web:device": Page("get", "device", DEVICE),
    "web:edit_device": Page("get", "device", REGISTERED),
    "web:scrap_device": Page("get", "device", REGISTERED),
    "web:device_password": Page("post", "device", REGISTERED),
    "web:show_device_password": Page("post", "device", each("bureau", KEEPER)),
    # whether activities are recorded completely
    "web:coverage": Page("get", None, SEEING),
    "web:coverage_list": Page("get", None, SEEING),
    "web:export_coverage": Page("get", None, SEEING),
    "web:coverage_missing": Page("get", None, SEEING),
    # window cameras
    "web:windows": Page("get", None, WINDOWS_SEEN),
    "web:window_gaps": Page("get", None, WINDOWS_SEEN),
    "web:window_gaps_export": Page("get", None, WINDOWS_SEEN),
    "web:window": Page("get", "window", WINDOWED),
    "web:test_window": Page("post", "window", WINDOWED),
    "web:switch_window": Page("post", "window", WINDOWED),
    # breaches
    "web:breaches": Page("get", None, BREACHES),
    "web:export_breaches": Page("get", None, BREACHES),
    "web:enter_breach": Page("get", None, each("any", *INQUIRING)),
    "web:dismiss_breaches": Page("post", None, each("any", *INQUIRING)),
    "web:breach_decisions": Page("get", None, BREACHES),
    "web:export_breach_decisions": Page("get", None, BREACHES),
    "web:pdf_breach_decisions": Page("get", None, BREACHES),
    "web:breach": Page("get", "breach", BREACH),
    "web:inquire_breach": Page("post", "breach_inquiry", INQUIRED),
    "web:decide_breach": Page("post", "breach_decision", DECIDED_ON),
    "web:advise_breach": Page("post", "breach", ADVISED),
    "web:carry_out_sanction": Page("post", "breach_sanction", each("bureau", *INQUIRING)),
    "web:add_breach_paper": Page("post", "breach", each("bureau", *INQUIRING)),
    "web:open_breach_paper": Page("get", "breach_paper", BREACH),
    "web:print_breach": Page("get", "breach_decided", BREACH),
    "web:pdf_breach": Page("get", "breach_decided", BREACH),
    "web:my_record": Page("get", None, ANYONE),
    "web:own_breach": Page("get", "own_breach", each("own")),
    "web:own_breach_step": Page("post", "own_breach_step", each("own")),
    "web:print_own_breach": Page("get", "own_breach_decided", each("own")),
    "web:pdf_own_breach": Page("get", "own_breach_decided", each("own")),
    # people
    "web:people": Page("get", None, MANAGING),
    "web:add_person": Page("get", None, MANAGING),
    "web:import_people": Page("get", None, MANAGING),
    "web:import_template": Page("get", None, MANAGING),
    "web:import_errors": Page("get", None, MANAGING),
    "web:units": Page("get", None, MANAGING),
    "web:add_unit": Page("post", None, MANAGING),
    "web:edit_unit": Page("get", "unit", MANAGED),
    "web:person": Page("get", "person", MANAGED),
    "web:edit_person": Page("get", "person", MANAGED),
    "web:suspend_person": Page("post", "person", MANAGED),
    "web:lift_person": Page("post", "person", MANAGED),
    "web:propose_role": Page("post", "person", MANAGED),
    "web:role_changes": Page("get", None, each("any", SECURITY, CHIEF, SYSTEM)),
    "web:decide_roles": Page("post", None, each("any", CHIEF, SYSTEM)),
    "web:withdraw_role": Page("post", "role_change", MANAGED),
    "web:switch_person": Page("post", "person", MANAGED),
    "web:person_password": Page("get", "person", MANAGED),
    "web:person_sign_in": Page("get", "person", MANAGED),
    "web:unlock_person": Page("post", "person", MANAGED),
    "web:reset_factor": Page("post", "person", MANAGED),
    "web:end_sessions": Page("post", "person", MANAGED),
    # statistics
    "web:statistics": Page("get", None, SEEING),
    "web:export_statistics": Page("get", None, SEEING),
    "web:statistics_list": Page("get", None, SEEING),
    "web:export_statistics_list": Page("get", None, SEEING),
    "web:monthly_report": Page("get", None, SEEING),
    "web:pdf_monthly_report": Page("get", None, SEEING),
    "web:export_monthly_report": Page("get", None, SEEING),
    "web:assessment": Page("get", None, SEEING),
    "web:pdf_assessment": Page("get", None, SEEING),
    "web:export_assessment": Page("get", None, SEEING),
    "web:open_wall": Page("post", None, REPORTED),
    "web:close_wall": Page("post", None, REPORTED),
    # rules
    "web:rules": Page("get", None, ANYONE),
    "web:rule_article": Page("get", "article", ANYONE),
    "web:rule_parameters": Page("get", None, ANYONE),
    "web:rule_parameter": Page("get", "parameter", ANYONE),
    "web:change_rule": Page("get", "parameter", MANAGING),
    "web:change_regulation": Page("get", None, MANAGING),
    "web:rule_proposals": Page("get", None, each("any", *DECIDING)),
    "web:rule_proposal": Page("get", "proposal", DECIDING),
    "web:rule_simulation": Page("get", "proposal", DECIDING),
    "web:approve_rule": Page("post", "proposal", each("bureau", CHIEF)),
    "web:refuse_rule": Page("post", "proposal", each("bureau", CHIEF)),
    "web:withdraw_rule": Page("post", "proposal", MANAGED),
    "web:rule_report": Page("get", None, REPORTED),
    "web:pdf_rule_report": Page("get", None, REPORTED),
    "web:export_rule_report": Page("get", None, REPORTED),
    "web:export_late": Page("get", None, REPORTED),
    "web:rule_texts": Page("get", None, ANYONE),
    "web:rule_text": Page("get", "text", each("bureau")),
    "web:add_rule_text": Page("post", None, KEEPING_RULES),
    "web:rule_calendar": Page("get", None, ANYONE),
    "web:import_calendar": Page("post", None, KEEPING_RULES),
    "web:calendar_template": Page("get", None, KEEPING_RULES),
    # the log: one for all bureaus of an installation, each reading what is not another's
    "web:custody": Page("get", None, READING_LOG),
    "web:custody_event": Page("get", "event", each("bureau", SUPERVISION, AUDITOR)),
    "web:checkpoint": Page("get", None, READING_LOG),
    "web:public_key": Page("get", None, READING_LOG),
    "api:entries": Page("get", "entries", READING_LOG),
    # the installation: further bureaus are let in by the one that invites them
    "web:bureaus": Page("get", None, each("any", SYSTEM)),
    "web:withdraw_bureau": Page("post", "invitation", each("bureau", SYSTEM)),
    "web:state": Page("get", None, each("any", CUSTODIAN, SYSTEM, AUDITOR)),
}

PAGES |= {file: PAGES[of] for file, of in FILE_OF.items()}

OPEN = {
    "web:set_up", "web:set_up_another", "web:sign_in", "web:sign_in_code", "web:language",
    "web:wall",
    "api:checkpoint", "api:cosignatures", "api:key", "api:tile",
}  # fmt: skip
"""For visitors who have not signed in: nothing there is anybody's."""
