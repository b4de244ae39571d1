"""The portal's door: two factors, sign-ins that end, roles, clinics, tokens, headers; nothing told to strangers."""

import json
import uuid
from datetime import timedelta

import pytest
from sqlmodel import select

from smsbot.models import AuditEntry
from smsbot.staff import accounts, signing
from smsbot.store import patients
from smsbot.store import sessions as rows
from smsbot.web import create_app
from smsbot.web.portal.door import ALL, EVERYONE, OPEN_FILES
from tests.api_support import BEN, NOW, World, open_world
from tests.phone_support import joined
from tests.portal_support import PASSWORD, TOKEN, Browser, account, app, audited, browser, newcomer, staff_row

ROLES = {*ALL}


def visitor(world: World, email: str = "dana@example.org") -> Browser:
    return Browser(world, app(world).test_client(), email)


def signed_in(person: Browser) -> bool:
    return person.get("/patients").status_code == 200


# Routes


def test_every_route_declares_who_may_see_it(world: World) -> None:
    application = app(world)
    for rule in application.url_map.iter_rules():
        if rule.endpoint.startswith("portal.") and rule.endpoint not in OPEN_FILES:
            declared = getattr(application.view_functions[rule.endpoint], "allows", None)
            assert declared == EVERYONE or (declared and declared <= ROLES), rule.endpoint


def test_a_route_nobody_declared_is_closed(world: World) -> None:
    person = browser(world)
    person.client.application.view_functions["portal.tasks"] = lambda: "open to all"
    assert person.get("/tasks").status_code == 403


def test_pages_open_to_all_are_the_entrance_alone(world: World) -> None:
    functions = app(world).view_functions
    names = {name for name, view in functions.items() if getattr(view, "allows", None) == EVERYONE}
    assert names == {"portal.sign_in", "portal.second", "portal.sign_out", "portal.nowhere"}


def test_every_page_asks_for_a_sign_in(world: World) -> None:
    application = app(world)
    client, known = application.test_client(), str(uuid.uuid4())
    for rule in application.url_map.iter_rules():
        view = application.view_functions[rule.endpoint]
        if not rule.endpoint.startswith("portal.") or getattr(view, "allows", EVERYONE) == EVERYONE:
            continue
        path = rule.rule
        for name in rule.arguments:
            path = path.replace(f"<uuid:{name}>", known)
        if "GET" in rule.methods:
            answer = client.get(path)
            assert (answer.status_code, "/sign-in" in answer.headers.get("Location", "")) in ((303, True), (401, False))
        else:
            assert client.post(path).status_code == 400  # no token


def test_the_root_leads_to_the_portal(world: World) -> None:
    assert app(world).test_client().get("/").headers["Location"] == "/portal/patients"


# Signing in


def test_the_first_sign_in_sets_up_a_device_and_a_password(world: World) -> None:
    person = newcomer(world)
    assert signed_in(person)
    assert staff_row(world).totp_last_step > 0


def test_a_one_time_password_opens_nothing_but_the_page_to_choose_another(world: World) -> None:
    person = browser(world)
    with world.desk(actor="operator") as desk:
        once = accounts.reset(desk, staff_row(world).id).password
    assert person.sign_in(once).status_code == 303
    assert person.get("/patients").headers["Location"] == "/portal/password"
    person.post("/password", new="another owl entirely", again="another owl entirely")
    assert signed_in(person)
    assert visitor(world).post("/sign-in", email=person.email, password=once).status_code == 422


def test_half_a_sign_in_opens_no_page(world: World) -> None:
    person = browser(world)
    person.post("/sign-in", email=person.email, password=PASSWORD)
    assert "/sign-in" in person.get("/patients").headers["Location"]


def test_a_code_counts_once(world: World) -> None:
    person = browser(world)
    person.sign_in()
    thief = visitor(world)
    thief.post("/sign-in", email=person.email, password=PASSWORD)
    assert thief.post("/sign-in/code", code=person.code()).status_code == 422
    assert not signed_in(thief)


def test_a_code_of_long_ago_does_not_count(world: World) -> None:
    person = browser(world)
    old = person.next_code()
    world.watch.on(minutes=2)
    person.post("/sign-in", email=person.email, password=PASSWORD)
    assert person.post("/sign-in/code", code=old).status_code == 422


def test_codes_are_not_guessed_more_than_five_times(world: World) -> None:
    person = browser(world)
    person.post("/sign-in", email=person.email, password=PASSWORD)
    for _ in range(signing.MOST_TRIES):
        person.post("/sign-in/code", code="000000")
    assert person.post("/sign-in/code", code=person.next_code()).status_code == 422


def test_a_right_password_does_not_give_new_tries_at_the_code(world: World) -> None:
    person = browser(world)
    for _ in range(signing.MOST_TRIES):
        person.post("/sign-in", email=person.email, password=PASSWORD)
        person.post("/sign-in/code", code="000000")
    assert person.post("/sign-in", email=person.email, password=PASSWORD).status_code == 422


def test_wrong_unknown_locked_and_disabled_read_the_same(world: World) -> None:
    browser(world)
    browser(world, "finn@example.org")
    with world.desk(actor="operator") as desk:
        accounts.disable(desk, staff_row(world, "finn@example.org").id)
    pages = []
    for email, password in (
        ("dana@example.org", "wrong"),
        ("nobody@example.org", "wrong"),
        ("finn@example.org", PASSWORD),
    ):
        answer = visitor(world).post("/sign-in", email=email, password=password)
        pages.append((answer.status_code, TOKEN.sub("", answer.text).replace(email, "")))
    assert pages[0] == pages[1] == pages[2]


def test_one_address_cannot_try_forever(world: World) -> None:
    person = visitor(world)
    codes = {person.post("/sign-in", email="", password="x").status_code for _ in range(61)}
    assert codes == {422, 429}


def test_the_token_changes_at_every_step(world: World) -> None:
    person = browser(world)
    seen = {person.client.get_cookie("smsbot").value}  # type: ignore[union-attr]
    person.post("/sign-in", email=person.email, password=PASSWORD)
    seen.add(person.client.get_cookie("smsbot").value)  # type: ignore[union-attr]
    person.post("/sign-in/code", code=person.next_code())
    seen.add(person.client.get_cookie("smsbot").value)  # type: ignore[union-attr]
    assert len(seen) == 3


def test_signing_in_leads_back_to_the_page_that_was_asked_for_and_to_no_other_house(world: World) -> None:
    person = browser(world)
    for wanted, reached in (
        ("/portal/alerts", "/portal/alerts"),
        ("https://evil.example/portal/x", "/portal/patients"),
        ("//evil.example/portal/", "/portal/patients"),
        ("/portal/..\\evil", "/portal/patients"),
        ("/healthz", "/portal/patients"),
    ):
        person.post(f"/sign-in?next={wanted}", email=person.email, password=PASSWORD)
        answer = person.post(f"/sign-in/code?next={wanted}", code=person.next_code())
        assert answer.headers["Location"] == reached


# Sign-ins that end


def test_a_sign_in_ends_after_15_idle_minutes(world: World) -> None:
    person = browser(world)
    world.watch.on(minutes=15)
    assert signed_in(person)
    world.watch.on(minutes=15, seconds=1)
    assert not signed_in(person)


def test_a_sign_in_ends_after_12_hours_however_busy(world: World) -> None:
    person = browser(world)
    for _ in range(72):
        world.watch.on(minutes=10)
        person.get("/patients")
    assert world.watch.now - NOW == timedelta(hours=12)
    assert signed_in(person)
    world.watch.on(minutes=1)
    assert not signed_in(person)


def test_the_page_that_asks_for_the_count_keeps_nobody_signed_in(world: World) -> None:
    person = browser(world)
    for _ in range(3):
        world.watch.on(minutes=5)
        assert person.get("/alerts/count").json == {"signed_in": True, "open": 0}
    world.watch.on(minutes=1)
    assert person.get("/alerts/count").status_code == 401


def test_somebody_typing_stays_signed_in(world: World) -> None:
    person = browser(world)
    for _ in range(3):
        page = person.get("/enroll").text
        token = TOKEN.search(page)
        world.watch.on(minutes=14)
        assert person.client.post("/portal/still-here", data={"csrf_token": token[1]}).json == {"signed_in": True}  # type: ignore[index]


def test_signing_out_ends_it_for_good(world: World) -> None:
    person = browser(world)
    token = person.client.get_cookie("smsbot").value  # type: ignore[union-attr]
    answer = person.post("/sign-out", page="/patients")
    assert answer.headers["Clear-Site-Data"] == '"storage"'
    person.client.set_cookie("smsbot", token)
    assert not signed_in(person)


def test_disabling_ends_every_sign_in_at_once(world: World) -> None:
    person = browser(world)
    with world.desk(actor="operator") as desk:
        accounts.disable(desk, staff_row(world).id)
    assert not signed_in(person)


def test_another_password_ends_every_other_sign_in(world: World) -> None:
    person = browser(world)
    other = visitor(world)
    other.secret = person.secret
    other.sign_in()
    person.get("/patients")
    answer = person.post("/password", current=PASSWORD, new="quiet green lantern", again="quiet green lantern")
    assert answer.status_code == 303
    assert signed_in(person)
    assert not signed_in(other)


def test_changing_the_password_takes_the_one_they_have(world: World) -> None:
    person = browser(world)
    answer = person.post("/password", current="wrong", new="quiet green lantern", again="quiet green lantern")
    assert (answer.status_code, "not your password" in answer.text) == (422, True)
    assert staff_row(world).failed_count == 1
    answer = person.post("/password", current=PASSWORD, new="short", again="short")
    assert "at least 12" in answer.text
    answer = person.post("/password", current=PASSWORD, new="quiet green lantern", again="other")
    assert "not the same" in answer.text


# Tokens, cookies, headers


def test_no_form_counts_without_its_token(world: World) -> None:
    person = browser(world)
    patient = world.enroll()
    answer = person.client.post(f"/portal/patients/{patient.id}/stop")
    assert (answer.status_code, "too old" in answer.text) == (400, True)
    assert person.client.post("/portal/sign-in", data={"email": "a@b.cd", "password": "x"}).status_code == 400


def test_a_form_of_another_site_is_refused_even_with_a_token(world: World) -> None:
    person = browser(world)
    patient = world.enroll()
    token = TOKEN.search(person.get(f"/patients/{patient.id}/stop").text)
    answer = person.client.post(
        f"/portal/patients/{patient.id}/stop",
        data={"csrf_token": token[1]},  # type: ignore[index]
        headers={"Sec-Fetch-Site": "cross-site"},
    )
    assert answer.status_code == 400


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(world: World) -> None:
    _, once = account(world)
    answer = visitor(world).post("/sign-in", email="dana@example.org", password=once)
    cookie = next(each for each in answer.headers.getlist("Set-Cookie") if each.startswith("smsbot="))
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/" in cookie


def test_over_https_the_cookies_belong_to_this_host_alone(tmp_path_factory: pytest.TempPathFactory) -> None:
    world = open_world(tmp_path_factory.mktemp("https"), PUBLIC_BASE_URL="https://texts.example.org")
    _, once = account(world)
    client = create_app(world.runtime).test_client()
    page = client.get("/portal/sign-in", base_url="https://texts.example.org")
    token = TOKEN.search(page.text)
    assert token
    answer = client.post(
        "/portal/sign-in",
        data={"csrf_token": token[1], "email": "dana@example.org", "password": once},
        base_url="https://texts.example.org",
    )
    assert answer.status_code == 303
    cookies = page.headers.getlist("Set-Cookie") + answer.headers.getlist("Set-Cookie")
    assert {each.partition("=")[0] for each in cookies} == {"__Host-smsbot", "__Host-smsbot-form"}
    assert all("Secure" in each and "Domain" not in each for each in cookies)
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_pages_are_kept_nowhere_and_run_nothing_of_their_own(world: World) -> None:
    person = browser(world)
    patient = joined(world).patient()
    for path in ("/sign-in", "/patients", "/enroll", f"/patients/{patient.id}", "/nope"):
        answer = person.get(path)
        assert answer.headers["Cache-Control"] == "no-store"
        policy = answer.headers["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        for inline in ("<style", " style=", " onclick=", "javascript:", "<script>"):
            assert inline not in answer.text
        assert "//cdn" not in answer.text


def test_a_page_of_bootstrap_comes_from_the_installed_package(world: World) -> None:
    with app(world).test_client().get("/bootstrap/static/css/bootstrap.min.css") as answer:
        assert (answer.status_code, answer.mimetype) == (200, "text/css")


def test_an_unforeseen_fault_tells_nothing_and_changes_nothing(world: World) -> None:
    person = browser(world)

    def broken() -> None:
        raise RuntimeError("Ana said something")

    broken.allows = frozenset(ALL)  # type: ignore[attr-defined]
    person.client.application.view_functions["portal.tasks"] = broken
    answer = person.get("/tasks")
    assert (answer.status_code, "Ana" in answer.text) == (500, False)


# Roles and clinics


def test_the_front_desk_sees_no_words_of_patients(world: World) -> None:
    phone = joined(world)
    phone.text("I keep thinking about the quiet sea")
    phone.wait(minutes=1)
    patient = phone.patient()
    desk = browser(world, "finn@example.org", "frontdesk")
    for path in (f"/patients/{patient.id}/conversation", f"/patients/{patient.id}/journal", "/alerts", "/tasks"):
        assert desk.get(path).status_code == 403
    for path in ("/patients", f"/patients/{patient.id}", f"/patients/{patient.id}/settings", "/enroll"):
        page = desk.get(path)
        assert page.status_code == 200
        assert "quiet sea" not in page.text
        assert "/conversation" not in page.text
    mine = [row for row in audited(world) if row[0] == f"staff:{staff_row(world, desk.email).id}"]
    assert [row[2] for row in mine if row[1] == "access.refused"][-1] == "page:portal.tasks"
    read = {action for _, action, _ in mine}
    assert not read & {"messages.read", "journal.read", "answers.read", "alert.read", "alerts.read"}


def test_the_front_desk_knows_that_there_is_an_alert_and_not_why(world: World) -> None:
    phone = joined(world)
    phone.text("I want to kill myself")
    desk = browser(world, "finn@example.org", "frontdesk")
    page = desk.get(f"/patients/{phone.patient().id}").text
    assert "hand them to a clinician" in page
    assert "kill" not in page
    assert desk.get("/alerts/count").json == {"signed_in": True, "open": 1}


COMPLAINT = "the doctor touched me inappropriately during my session"


def test_a_complaint_about_staff_is_seen_by_a_lead_alone(world: World) -> None:
    phone = joined(world)
    phone.text(COMPLAINT)
    phone.wait(minutes=1)
    patient = phone.patient()
    lead, dana = browser(world, "lea@example.org", "lead"), browser(world)
    listed = lead.get("/alerts").text
    assert COMPLAINT in listed
    alert = listed.partition('href="/portal/alerts/')[2].partition('"')[0]
    paths = (
        "/alerts",
        "/tasks",
        f"/patients/{patient.id}/conversation",
        f"/patients/{patient.id}/journal",
        "/patients",
    )
    for path in paths:
        assert COMPLAINT not in dana.get(path).text
    assert "isconduct" not in dana.get("/tasks").text
    assert "state medical board" not in dana.get(f"/patients/{patient.id}/conversation").text
    assert "Open alert" not in dana.get(f"/patients/{patient.id}").text
    assert dana.get("/alerts/count").json == {"signed_in": True, "open": 0}
    assert lead.get("/alerts/count").json == {"signed_in": True, "open": 1}
    assert lead.get(f"/alerts/{alert}").status_code == 200
    assert dana.get(f"/alerts/{alert}").status_code == 404
    for action in ("acknowledge", "resolve"):
        assert dana.post(f"/alerts/{alert}/{action}", page="/patients").status_code in (404, 422)
    assert COMPLAINT in lead.get(f"/patients/{patient.id}/conversation").text


def test_foreign_ids_are_the_same_404_as_ids_of_nothing(world: World) -> None:
    person = browser(world)
    foreign = world.enroll(BEN, clinic=world.mesa)
    with world.desk(world.mesa) as desk:
        session = rows.of_patient(desk.db, desk.keys, foreign.id)[0].id
    paths = [f"/patients/{foreign.id}{tail}" for tail in ("", "/conversation", "/journal", "/settings", "/enrolled")]
    paths += [f"/patients/{foreign.id}/{what}" for what in ("book", "end-series", "pause", "resume", "stop")]
    paths += [f"/sessions/{session}/{what}" for what in ("move", "done", "cancel", "no-show")]
    paths += [f"/alerts/{session}", "/patients/not-an-id", "/nope"]
    pages = {(answer.status_code, answer.text) for answer in map(person.get, paths)}
    assert len(pages) == 1
    assert pages.pop()[0] == 404
    for path in (f"/sessions/{session}/arrived", f"/sessions/{session}/done-now", f"/tasks/{session}/done"):
        assert person.post(path, page="/enroll").status_code == 404


def test_the_list_shows_this_clinic_alone(world: World) -> None:
    world.enroll(first_name="Ana")
    world.enroll(BEN, clinic=world.mesa, first_name="Benjamin")
    page = browser(world).get("/patients").text
    assert ("Ana" in page, "Benjamin" in page) == (True, False)


def test_an_erased_patient_is_said_to_be_erased(world: World) -> None:
    patient = world.enroll()
    person = browser(world)
    with world.desk() as desk:
        row = patients.get(desk.db, desk.keys, patient.id)
        row.wrapped_key = row.phone_sealed = row.first_name_sealed = row.birth_date_sealed = row.phone_index = None
        row.erased_at = NOW
    assert person.get(f"/patients/{patient.id}").status_code == 410
    assert person.get("/patients").status_code == 200


# The audit chain


def test_every_look_at_a_patient_leaves_a_row_under_a_persons_name(world: World) -> None:
    phone = joined(world)
    patient = phone.patient()
    person = browser(world)
    me = f"staff:{staff_row(world).id}"
    before = len(audited(world))
    for path in ("", "/conversation", "/journal", "/settings"):
        person.get(f"/patients/{patient.id}{path}")
    seen = [(action, subject) for actor, action, subject in audited(world)[before:] if actor == me]
    subject = f"patient:{patient.id}"
    for action in ("patient.read", "timeline.read", "messages.read", "journal.read", "answers.read"):
        assert (action, subject) in seen


def test_the_chain_holds_no_words(world: World) -> None:
    phone = joined(world)
    phone.text("the lighthouse was purple")
    phone.wait(minutes=1)
    person = browser(world)
    person.post("/patients", search="Ana")
    person.get(f"/patients/{phone.patient().id}/conversation")
    with world.runtime.database.read() as db:
        details = json.dumps([row.details for row in db.exec(select(AuditEntry)).all()])
    assert "Ana" not in details
    assert "lighthouse" not in details
