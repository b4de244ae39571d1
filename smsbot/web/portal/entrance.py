"""Signing in and out: password, code, a device and a password of one's own the first time."""

from typing import Any

import segno
from flask import Response, redirect, render_template, request, url_for
from markupsafe import Markup
from wtforms import PasswordField, StringField
from wtforms.validators import Length

from smsbot.staff import passwords, signing
from smsbot.staff.signing import Halfway
from smsbot.web.portal.door import (
    ALL,
    PER_ADDRESS,
    Seat,
    allows,
    bp,
    give_token,
    limiter,
    open_to_all,
    page,
    runtime,
    take_token,
    token,
    way_back,
)
from smsbot.web.portal.fields import Form, needed

WRONG = "That did not work. Check the address and the password. After five wrong tries, wait 15 minutes."
WRONG_CODE = "That code did not work. Wait for the next one. After five wrong tries, wait 15 minutes."


class SignInForm(Form):
    email = StringField("E-mail", [needed("Give your e-mail address."), Length(max=254)])
    password = PasswordField("Password", [needed("Give your password."), Length(max=passwords.LONGEST)])


class CodeForm(Form):
    code = StringField("Code", [needed("Give the six digits your app shows."), Length(max=20)])


class PasswordForm(Form):
    current = PasswordField("The password you have", [Length(max=passwords.LONGEST)])
    new = PasswordField("New password", [needed("Give a new password.")])
    again = PasswordField("New password, again", [needed("Type the new password a second time.")])


def _shown(template: str, status: int = 200, **values: Any) -> Response:
    return Response(render_template(f"portal/{template}.html", **values), status)


@bp.route("/sign-in", methods=["GET", "POST"])
@open_to_all
@limiter.limit(PER_ADDRESS, methods=["POST"])
def sign_in() -> Any:
    """E-mail address and password; every refusal reads the same."""
    form, after = SignInForm(), way_back(request.args.get("next"))
    if form.validate_on_submit():
        given = signing.password(runtime(), form.email.data, form.password.data)
        if given is not None:
            return give_token(redirect(url_for("portal.second", next=after), 303), given)
        form.general.append(WRONG)
    return _shown("sign_in", 422 if form.is_submitted() else 200, form=form)


@bp.route("/sign-in/code", methods=["GET", "POST"])
@open_to_all
@limiter.limit(PER_ADDRESS, methods=["POST"])
def second() -> Any:
    """The second factor: a code of the device they have, or the device they set up now."""
    half = signing.halfway(runtime(), token())
    if half is None:
        return redirect(url_for("portal.sign_in", next=request.args.get("next")), 303)
    form = CodeForm()
    if form.validate_on_submit():
        whole = signing.code(runtime(), token(), form.code.data)
        if whole is not None:
            return give_token(redirect(way_back(request.args.get("next")), 303), whole)
        form.general.append(WRONG_CODE)
    status = 422 if form.is_submitted() else 200
    return _shown("device" if half.needs == "device" else "code", status, form=form, half=half, picture=_picture(half))


def _picture(half: Halfway) -> Markup:
    """The address an authenticator reads, as an SVG in the page; it is never an address on the network."""
    if half.address is None:
        return Markup()
    code = segno.make(half.address, error="m", micro=False)
    drawn = code.svg_inline(scale=5, border=2, dark="#1d2b2e", light="#fff", title="Code for your app", omitsize=True)
    return Markup(drawn)  # noqa: S704  # drawn by us: its only text is the title


@bp.route("/password", methods=["GET", "POST"])
@allows(*ALL)
def password(seat: Seat) -> Any:
    """A password of one's own; choosing one ends every other sign-in."""
    form, must = PasswordForm(), seat.signed.must_choose
    if form.validate_on_submit():
        token = _chosen(seat, form)
        if token is not None:
            return give_token(redirect(url_for("portal.patients_list"), 303), token)
    return page(seat, "password", status=422 if form.is_submitted() else 200, form=form, must=must)


def _chosen(seat: Seat, form: PasswordForm) -> str | None:
    """The token of a fresh sign-in, or None with what is wrong said in the form."""
    if form.new.data != form.again.data:
        form.blame({"again": "The two are not the same."})
        return None
    if not seat.signed.must_choose and not signing.is_theirs(seat.desk, seat.signed, form.current.data or ""):
        form.blame({"current": "This is not your password. After five wrong tries, wait 15 minutes."})
        return None
    return seat.tried(form, lambda: signing.choose(seat.desk, seat.signed, form.new.data))


@bp.route("/sign-out", methods=["POST"])
@open_to_all
def sign_out() -> Any:
    """End this sign-in; said twice, or too late, it does no harm."""
    signed = signing.recognize(runtime(), token())
    if signed is not None:
        signing.leave(runtime(), signed)
    return take_token(redirect(url_for("portal.sign_in"), 303))
