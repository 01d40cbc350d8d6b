"""Boxes: set up by the first officer, opened with one's own passphrase, handed to a colleague by a code."""

from __future__ import annotations

import secrets
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext

from rembug.audit.actions import Ref, record
from rembug.confidential.models import Box, BoxKey, Wrap
from rembug.confidential.queries.boxes import Held, require_reader
from rembug.confidential.queries.setup import today
from rembug.confidential.rules import seal, slow
from rembug.confidential.rules.throttle import Throttle
from rembug.lib import clock, ids
from rembug.lib.actor import Actor
from rembug.lib.errors import Conflict, FieldFault, Invalid, NotAllowed, NotFound, TooMany
from rembug.people.models import Body

LEAST_LETTERS = 14  # as the sentence below and the page say
CODE_LENGTH = 20  # 98 bits: a code may lie in an envelope for a week
CODE_FOR = timedelta(days=7)
TRIES = Throttle(most=10, window_s=3600)


def set_up(*, actor: Actor, city: str, body: str, passphrase: str) -> Held:
    """Open a body's box for the first time: the key is made here and locked at once. Raises `Conflict`, `Invalid`."""
    require_reader(actor, city, body)
    _check(passphrase)
    private, day = seal.new_private(), today(city)
    row = Body.objects.filter(city=city, public_id=body).first()
    if row is None:
        raise NotFound(gettext("Pihak ini tidak ada."))
    try:
        with transaction.atomic():
            box = Box.objects.create(body=row, public_key=seal.public_of(private), opened_on=day)
            _keep(box, private, passphrase, holder=actor.public_id)
            record(actor=actor, verb="confidential.box_opened", obj=Ref("body", body), city=city)
    except IntegrityError:
        raise Conflict(gettext("Kotak ini sudah dibuka orang lain. Minta kode serah dari mereka.")) from None
    return Held(body, private)


def open_box(*, actor: Actor, city: str, body: str, passphrase: str) -> Held:
    """Return the open box. Ten wrong passphrases an hour. Raises `Invalid`, `NotFound`, `TooMany`."""
    require_reader(actor, city, body)
    key = BoxKey.objects.filter(box__body__public_id=body, holder=actor.public_id).first()
    if key is None:
        raise NotFound(gettext("Anda belum memegang kunci kotak ini."))
    return Held(body, _unlocked(key, passphrase, actor))


def hand_over(*, actor: Actor, city: str, held: Held) -> str:
    """Return a code by which one colleague takes a key of their own, within a week; an older code ends."""
    require_reader(actor, city, held.body)
    box = Box.objects.select_related("body").get(body__public_id=held.body)
    code = ids.public_code(CODE_LENGTH)
    with transaction.atomic():
        BoxKey.objects.filter(box=box, holder="").delete()
        _keep(box, held.private, code, holder="", ends_on=today(city) + CODE_FOR)
        record(actor=actor, verb="confidential.key_handed", obj=Ref("body", held.body), city=city)
    return code


def take_key(*, actor: Actor, city: str, body: str, code: str, passphrase: str) -> Held:
    """Take a key of one's own with a colleague's code, which then ends. Raises `Invalid`, `TooMany`."""
    require_reader(actor, city, body)
    _check(passphrase)
    rows = BoxKey.objects.filter(box__body__public_id=body, holder="")
    key = rows.filter(Q(ends_on=None) | Q(ends_on__gte=today(city))).select_related("box__body").first()
    if key is None:
        raise Invalid(gettext("Kode serah ini sudah berakhir. Minta kode baru."))
    private = _unlocked(key, code.replace("-", "").replace(" ", "").upper(), actor)
    with transaction.atomic():
        BoxKey.objects.filter(pk=key.pk).delete()
        BoxKey.objects.filter(box=key.box, holder=actor.public_id).delete()
        _keep(key.box, private, passphrase, holder=actor.public_id)
        record(actor=actor, verb="confidential.key_taken", obj=Ref("body", body), city=city)
    return Held(body, private)


def _check(passphrase: str) -> None:
    if len(passphrase) < LEAST_LETTERS or len(set(passphrase)) < 6:
        message = gettext("Pakai kalimat sandi paling sedikit 14 huruf, misalnya empat kata.")
        raise Invalid(message, faults=(FieldFault("passphrase", "too-short", message),))


def _context(box: Box, holder: str) -> str:
    return f"rembug box {bytes(box.public_key).hex()} {holder}"


def _keep(box: Box, private: bytes, secret: str, *, holder: str, ends_on: date | None = None) -> None:
    salt = secrets.token_bytes(slow.SALT_BYTES)
    locked = seal.lock(private, slow.stretch(secret, salt), _context(box, holder))
    made = today(box.body.city)
    BoxKey.objects.create(box=box, holder=holder, salt=salt, locked=locked, made_on=made, ends_on=ends_on)


def _unlocked(key: BoxKey, secret: str, actor: Actor) -> bytes:
    now = clock.now().timestamp()
    if TRIES.held_up(actor.public_id, now):
        raise TooMany(gettext("Terlalu sering salah. Tunggu satu jam."), retry_after_s=TRIES.window_s)
    try:
        stretched = slow.stretch(secret[:400], bytes(key.salt))
        return seal.unlock(bytes(key.locked), stretched, _context(key.box, key.holder))
    except seal.Unreadable:
        TRIES.count(actor.public_id, now)
        message = gettext("Tidak cocok. Periksa kalimat sandi atau kodenya.")
        raise Invalid(message, faults=(FieldFault("passphrase", "wrong", message),)) from None


def close_for_good(*, actor: Actor, city: str, body: str) -> int:
    """Take a box away whose keys are lost: what was sealed for it stays sealed for the others only.

    Only the system does it, from the server's console. Returns how many letters it could have read. Raises `NotFound`.
    """
    if actor.kind != "system":
        raise NotAllowed(gettext("Hanya dari konsol server."))
    with transaction.atomic():
        box = Box.objects.select_for_update().filter(body__city=city, body__public_id=body).first()
        if box is None:
            raise NotFound(gettext("Kotak ini tidak ada."))
        lost = Wrap.objects.filter(box=box).delete()[0]
        Box.objects.filter(pk=box.pk).delete()
        record(actor=actor, verb="confidential.box_closed", obj=Ref("body", body), city=city)
    return lost
