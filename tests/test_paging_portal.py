"""The alert's page after a key was pressed: the ladder with names, and who sees to visits."""

from sqlmodel import col, select

from smsbot import contacts, incidents, paging
from smsbot.contacts import NewContact
from smsbot.models import Alert
from tests.api_support import World
from tests.phone_support import joined
from tests.portal_support import browser


def test_the_page_shows_who_was_tried_and_asks_who_sees_to_visits(world: World) -> None:
    ana = joined(world)
    with world.desk() as desk:
        dana = contacts.add(desk, NewContact("oncall", 1, "Dana Lee", email="dana@harbor.example"))
    ana.text("I want to die")
    paging.page(world.runtime)
    with world.desk(actor=f"contact:{dana}") as desk:
        alert = desk.db.exec(select(Alert).where(col(Alert.kind) != "test")).one()
        incidents.acknowledge(desk, alert.id, by_phone=True)
    page = browser(world).get(f"/alerts/{alert.id}").text
    assert "Email to Dana Lee, could not be sent (no mail server is set" in page
    assert "by Dana Lee (by phone)" in page
    assert "Somebody took it by phone" in page
