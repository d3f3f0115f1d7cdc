"""Documents and certificates of the invented network, submitted and decided through the actions."""

from datetime import date, timedelta
from pathlib import Path

import pikepdf
from django.conf import settings

from accounts.models import User
from dogs.actions.documents import reject_document, submit_document, verify_document
from dogs.inputs import NewDocument
from dogs.models import Document, Dog
from dogs.states import REQUIRED_OF_DOG, DocumentKind
from network.actions.certificates import reject_certificate, submit_certificate, verify_certificate
from network.models import Certificate, Handler
from network.states import CertificateKind
from portal.demo.cast import Demo
from portal.demo.forces import Member

AREA = "demo"
SENT_BACK = (
    "The second page is missing.",
    "The dates can't be read. A clearer scan would do.",
    "The policy names another dog.",
    "The vet has not signed it.",
)
YEAR = 364


def draw_papers() -> None:
    """One page a kind, made once; every invented document of that kind shows it."""
    folder = Path(settings.MEDIA_ROOT) / AREA
    folder.mkdir(parents=True, exist_ok=True)
    for kind in (*DocumentKind, *CertificateKind):
        _page(str(kind.label)).save(folder / f"{kind.value}.pdf")


def _page(title: str) -> pikepdf.Pdf:
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    words = title.replace("(", "").replace(")", "").encode("ascii", "ignore").decode()
    text = f"BT /F1 24 Tf 60 740 Td ({words}) Tj /F1 13 Tf 0 -40 Td (Invented for the demonstration.) Tj ET"
    page.Contents = pdf.make_stream(text.encode())
    return pdf


def file_of(kind: str) -> str:
    return f"{AREA}/{kind}.pdf"


class Papers:
    """Writes the papers of one dog, handler or force after another."""

    def __init__(self, demo: Demo) -> None:
        self.demo = demo

    def of_force(self, member: Member, number: int) -> None:
        """Public liability and procedures. A few policies are too small, too narrow, ended or about to end."""
        pounds = 5_000_000 if number == 14 else self.demo.random.choice((10_000_000, 20_000_000))
        ends_in = {8: -12, 17: 6, 23: 19}.get(number, self.demo.random.randint(40, 340))
        cover = {"cover_pounds": pounds, "covers_workplace": number != 20}
        self._verified(member, None, DocumentKind.PUBLIC_LIABILITY, ends_in, by=member.lead, **cover)
        self._verified(member, None, DocumentKind.SOP, self.demo.random.randint(100, 340), by=member.lead)
        if number == 17:
            self._waiting(member, None, DocumentKind.PUBLIC_LIABILITY, by=member.lead, **cover)

    def of_dog(self, member: Member, dog: Dog, handler: User, *, worked_days: int, trouble: str = "") -> None:
        """All that clearance asks for, then whatever is wrong with one of them."""
        troubled = self.demo.random.choice(REQUIRED_OF_DOG)
        for kind in REQUIRED_OF_DOG:
            ends_in = self.demo.random.randint(35, 345)
            if kind == troubled:
                ends_in = self._ends_in(trouble) or ends_in
            if trouble == "missing" and kind == troubled:
                continue
            if worked_days > 500 and self.demo.random.random() < 0.25:
                self._verified(member, dog, kind, ends_in - YEAR - 1, by=handler)
            self._verified(member, dog, kind, ends_in, by=handler)
        if trouble in ("rejected", "waiting"):
            self._newest(member, dog, troubled, trouble, by=handler)

    def _ends_in(self, trouble: str) -> int | None:
        roll = self.demo.random.randint
        if trouble == "expiring":
            return self.demo.random.choice((1, 7, 14, 30, roll(1, 30), roll(1, 30)))
        if trouble == "expired":
            return -roll(1, 40)
        if trouble in ("rejected", "waiting"):
            return roll(-15, 20)
        return None

    def _newest(self, member: Member, dog: Dog | None, kind: str, trouble: str, *, by: User) -> None:
        document = self._waiting(member, dog, kind, by=by)
        if trouble == "rejected":
            reason = self.demo.random.choice(SENT_BACK)
            now = self.demo.at(self.demo.random.randint(0, 3))
            reject_document(document=document, reason=reason, by=self.demo.coordinator(), now=now)

    def _verified(self, member: Member, dog: Dog | None, kind: str, ends_in: int, *, by: User, **cover: int) -> None:
        """Issued a year before its last day, sent within the week after, verified some days later."""
        issued = self.demo.today + timedelta(days=ends_in - YEAR)
        sent = max((self.demo.today - issued).days - self.demo.random.randint(0, 5), 2)
        document = self._submit(member, dog, kind, issued, sent, by=by, **cover)
        decided = max(sent - self.demo.random.randint(1, 4), 1)
        verify_document(document=document, by=self.demo.coordinator(), now=self.demo.at(decided))

    def _waiting(self, member: Member, dog: Dog | None, kind: str, *, by: User, **cover: int) -> Document:
        sent = self.demo.random.randint(3, 6)
        return self._submit(member, dog, kind, self.demo.day(sent + 1), sent, by=by, **cover)

    def _submit(
        self, member: Member, dog: Dog | None, kind: str, issued: date, sent: int, *, by: User, **cover: int
    ) -> Document:  # fmt: skip
        new = NewDocument(kind, issued, issued + timedelta(days=YEAR), file_of(kind), **cover)  # type: ignore[arg-type]
        return submit_document(force=member.force, dog=dog, new=new, by=by, now=self.demo.at(sent))

    def of_handler(self, handler: Handler, user: User, *, trouble: str = "") -> None:
        """A certificate of 36 months, in whatever part of its life."""
        kind = self.demo.random.choice(CertificateKind.values)
        ends_in = self.demo.random.randint(60, 900)
        if trouble:
            ends_in = {"expired": -self.demo.random.randint(3, 45), "expiring": self.demo.random.randint(2, 29)}.get(
                trouble, ends_in
            )
        issued = self.demo.today + timedelta(days=ends_in - 1094)
        sent = (self.demo.today - issued).days - self.demo.random.randint(1, 10)
        certificate = self._certificate(handler, user, kind, issued, sent)
        verify_certificate(certificate=certificate, by=self.demo.coordinator(), now=self.demo.at(sent - 3))
        if trouble in ("waiting", "rejected"):
            newer = self._certificate(handler, user, kind, self.demo.day(12), 4)
            if trouble == "rejected":
                reason = self.demo.random.choice(SENT_BACK[:2])
                reject_certificate(certificate=newer, reason=reason, by=self.demo.coordinator(), now=self.demo.at(2))

    def _certificate(self, handler: Handler, user: User, kind: str, issued: date, sent: int) -> Certificate:
        return submit_certificate(
            handler=handler,
            kind=kind,
            issued_on=issued,
            expires_on=issued + timedelta(days=1094),
            file=file_of(kind),
            by=user,
            now=self.demo.at(sent),
        )
