"""What a group of the simulated week does with others: a meeting with its plan, a call for hands, a joint position."""

from datetime import timedelta
from uuid import UUID, uuid5

from django.utils import timezone

from rembug.calls.actions import call as calls
from rembug.lib import clock
from rembug.lib.actor import ANONYMOUS
from rembug.meetings.actions import arrange, attend, minutes, plan, position
from rembug.web.demo.cast import Cast, Office

SPACE = UUID("6f0c6f5e-7b1d-4a3c-9a53-1d7d5e0b9a11")  # of made-up form numbers, so that a week is lived once
AGO, AHEAD = timedelta(days=3), timedelta(days=4)


def meet(city: str, cast: Cast) -> None:
    """Hold a meeting with an office, plan what follows, call for hands, sign a position."""
    actor, group = cast.publisher
    office = cast.offices[0]
    area = office.areas[0] if office.areas else ""
    now = clock.now()
    begun = now - AGO
    meeting = arrange.arrange(
        actor=actor,
        city=city,
        plan=arrange.Plan(
            action_id=_number(city, "meeting"),
            body=group,
            title="Rembug saluran dan rob (simulasi)",
            place="Balai pertemuan contoh",
            starts_at=begun,
            ends_at=begun + timedelta(hours=2),
            agenda="Data rob minggu ini\nSaluran yang mampet\nRencana bersama",
            area=area,
            office=office.body,
            signing=(office.body,),
        ),
    )
    counts = {("gender", "woman"): 16, ("gender", "man"): 12, ("age", "18to30"): 11, ("age", "31to59"): 14}
    attend.from_paper(
        actor=actor, city=city, code=meeting.code, sheet=_number(city, "list"), people=28, counts=counts
    )
    said = minutes.Written(
        0,
        "Air paling sering masuk lewat saluran yang mampet. Warga menunjukkan laporan minggu ini.",
        "Saluran dibersihkan bersama. Instansi membawa alat.",
    )
    minutes.write(actor=actor, city=city, code=meeting.code, said=said)
    _follow_up(city, cast, office, meeting.code)
    _call(city, cast, area)
    words = position.Words(
        _number(city, "position"),
        group,
        "Pompa sebelum musim pasang tinggi (simulasi)",
        "Kami meminta pompa siap sebelum pasang tinggi berikutnya. Data minggu ini terlampir.",
        "Wali Kota",
    )
    position.write(actor=actor, city=city, words=words)


def _follow_up(city: str, cast: Cast, office: Office, code: str) -> None:
    actor, group = cast.publisher
    today = timezone.localtime(clock.now()).date()
    tasks = (
        (group, "Koordinator lapangan", "Bersihkan saluran bersama", today + timedelta(days=4)),
        (office.body, "", "Bawa alat dan truk sampah", today - timedelta(days=1)),
        (group, "", "Kirim data rob minggu ini", today - timedelta(days=2)),
    )
    made = [
        plan.add(
            actor=actor, city=city, code=code, task=plan.Task(_number(city, what), body, role, what, due)
        )
        for body, role, what, due in tasks
    ]
    done = plan.Moving("finish", "open", "Data sudah dikirim sebagai kumpulan data terbuka.")
    plan.move(actor=actor, city=city, code=made[-1].code, said=done)
    arrange.answer_as_office(actor=office.actor, city=city, code=code, words="Kami bawa truk hari Sabtu.")


def _call(city: str, cast: Cast, area: str) -> None:
    actor, group = cast.publisher
    begins = clock.now() + AHEAD
    row = calls.ask(
        actor=actor,
        city=city,
        said=calls.Asking(
            action_id=_number(city, "call"),
            body=group,
            title="Bersihkan saluran bersama (simulasi)",
            what="Angkat sampah dari saluran utama. Bawa cangkul bila ada.",
            place="Balai pertemuan contoh",
            starts_at=begins,
            ends_at=begins + timedelta(hours=3),
            wanted=25,
            safety="Pakai sepatu bot dan sarung tangan. Jangan masuk air di atas lutut. Jauhi kabel.",
            role="Koordinator lapangan",
            area=area,
        ),
    )
    for number, people in enumerate((2, 5, 1)):
        token = _number(city, f"joining {number}")
        calls.join(actor=ANONYMOUS, city=city, code=row.code, token=token, body="", people=people)


def _number(city: str, what: str) -> UUID:
    return uuid5(SPACE, f"{city}:{what}")
