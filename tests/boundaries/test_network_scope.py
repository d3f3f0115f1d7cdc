"""Every place that sees across forces, by name: a new one is added here by somebody who has thought about it."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
APPS = (
    "accounts", "assessments", "audit", "core", "deployments", "dogs", "network", "notifications", "ok9", "pages",
    "portal", "promotion", "resources",
)  # fmt: skip

# What a person does whose one locked step, or whose list of recipients, is of another force.
NETWORK_SCOPE = {
    "accounts/actions.py": {
        "accept_invitation",
        "list_contacts",
        "read_link",
        "reveal_contact",
        "send_account_mail",
    },
    "assessments/actions.py": {"_move", "_tell", "_write_onto_team", "assigned_assessments"},
    "deployments/actions/deployments.py": {"_end_early", "check_in", "check_out", "record_attendance", "write_debrief"},
    "deployments/actions/ending.py": {"cancel_request"},
    "deployments/actions/moving.py": {"move_request_to"},
    "deployments/actions/offers.py": {"_say_yes", "decline_offer", "withdraw_offer"},
    "deployments/actions/requests.py": {"submit_request"},
    "deployments/actions/claims.py": {"_decide", "submit_claim"},
    "dogs/actions/clearance.py": {"judge_visit", "look_at_workload"},
    "dogs/actions/documents.py": {"reject_document", "verify_document"},
    "dogs/actions/asked.py": {"_tell_called_off", "_tell_wanted", "call_off_visits_of"},
    "dogs/actions/commitments.py": {"_tell_handler"},
    "dogs/actions/dogs.py": {"_tell", "form_team", "part_team", "suspend_dog"},
    "dogs/actions/drafts.py": {"_slug"},
    "dogs/actions/kudos.py": {"give_kudos"},
    "dogs/actions/likeness.py": {"keep_likeness"},
    "dogs/actions/profiles.py": {"_check_words"},
    "dogs/actions/showing.py": {"_name_handler", "ask_to_publish", "tell"},
    "dogs/actions/incidents.py": {"review_incident"},
    "dogs/actions/visits.py": {"call_off_planned", "_tell_handler"},
    "dogs/actions/welfare.py": {"send_welfare_visit"},
    "dogs/actions/work.py": {"_tell_handler", "report_incident"},
    "network/actions/certificates.py": {"reject_certificate", "verify_certificate"},
    "network/actions/handlers.py": {"_tell", "add_handler", "leave_handler"},
    "network/actions/memberships.py": {"_tell"},
    "notifications/outbox.py": {"_add"},
    "pages/actions/enquiries.py": {"send_enquiry"},
    "promotion/actions.py": {"_check"},
}
# What the clock or an operator starts, for the whole network and for no person.
SYSTEM_SCOPE = {
    "core/management/commands/run_nightly.py": {"_worked"},
    "core/nightly.py": {"run_night"},
    "deployments/actions/aftercare.py": {"_prompt", "send_aftercare"},
    "deployments/actions/offers.py": {"_lapse", "lapse_offers"},
    "deployments/actions/recheck.py": {"_recheck", "recheck_commitments"},
    "deployments/demo.py": {"_answer", "_deployments", "_tell", "seed_requests"},
    "deployments/management/commands/match.py": {"Command.handle"},
    "dogs/actions/kudos.py": {"forget_devices"},
    "dogs/actions/photos.py": {"_cut_one", "cut_photos"},
    "notifications/actions.py": {"_drain_channel", "_send_next"},
    "pages/management/commands/load_texts.py": {"Command.handle"},
    "portal/actions.py": {"send_daily_digests", "send_expiry_reminders"},
    "portal/demo/seed.py": {"seed"},
    "resources/management/commands/start_library.py": {"Command.handle"},
}


def calls(name: str) -> Iterator[tuple[str, str, ast.Call]]:
    """Every call of `name` in the apps: the file, the function around it, and the call."""
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            for around, call in _calls_in(ast.parse(path.read_text(encoding="utf-8")), ""):
                if getattr(call.func, "id", getattr(call.func, "attr", "")) == name:
                    yield path.relative_to(ROOT).as_posix(), around, call


def _calls_in(node: ast.AST, around: str) -> Iterator[tuple[str, ast.Call]]:
    for child in ast.iter_child_nodes(node):
        named = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        inside = f"{around}.{child.name}".strip(".") if named else around
        if isinstance(child, ast.Call):
            yield around, child
        yield from _calls_in(child, inside)


def found(name: str) -> dict[str, set[str]]:
    places: dict[str, set[str]] = {}
    for path, around, _call in calls(name):
        places.setdefault(path, set()).add(around)
    return places


def test_every_use_of_network_scope_is_known() -> None:
    assert found("network_scope") == NETWORK_SCOPE


def test_every_use_of_system_scope_is_known() -> None:
    assert found("system_scope") == SYSTEM_SCOPE


def test_no_view_form_or_model_sees_across_forces() -> None:
    """Actions, the outbox, the nightly clock, commands and the demonstration's seed only."""
    for path in {**NETWORK_SCOPE, **SYSTEM_SCOPE}:
        parts = Path(path).parts
        allowed = {"actions.py", "outbox.py", "nightly.py", "demo.py"} & set(parts)
        assert allowed or {"actions", "commands", "demo"} & set(parts[1:-1]), path


def test_every_network_scope_says_why_in_words() -> None:
    for path, around, call in calls("network_scope"):
        reason = next((keyword.value for keyword in call.keywords if keyword.arg == "reason"), None)
        assert isinstance(reason, ast.Constant), (path, around)
        assert len(str(reason.value).split()) >= 4, (path, around)


def test_scopes_are_entered_by_with_only() -> None:
    """A scope that is opened any other way may stay open."""
    for app in APPS:
        for path in (ROOT / app).rglob("*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            entered = {id(i.context_expr) for node in ast.walk(tree) if isinstance(node, ast.With) for i in node.items}
            for around, call in _calls_in(tree, ""):
                if getattr(call.func, "id", "") in ("network_scope", "system_scope", "scope", "enter_as"):
                    assert id(call) in entered, (path, around)
