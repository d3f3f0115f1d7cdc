"""Uploads: what is taken, what is refused and why, and how a kept file is given back."""

import io
import re
import socketserver
import struct
import threading
import zlib
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from django.http import FileResponse, Http404
from PIL import Image
from pytest_django.fixtures import Settings

from core.files import CleanFile, check_upload, discard_upload, private_response, store_upload
from core.lifecycle import Refused
from tests.factories.files import pdf_bytes, picture_bytes, upload


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def refusal(content: bytes, name: str = "scan.pdf") -> str:
    with pytest.raises(Refused) as caught:
        check_upload(upload(content, name))
    assert caught.value.field == "file"
    return str(caught.value)


def test_a_pdf_is_kept_byte_for_byte_under_a_new_name(media: Path) -> None:
    content = pdf_bytes()
    name = store_upload(upload(content, "../../Sian's vet check.pdf"), "documents")
    assert re.fullmatch(r"documents/[0-9a-f-]{36}\.pdf", name)
    assert (media / name).read_bytes() == content


@pytest.mark.parametrize(("kind", "ending"), [("JPEG", ".jpg"), ("PNG", ".png"), ("WEBP", ".webp")])
def test_a_picture_is_known_by_its_content_not_its_name(kind: str, ending: str) -> None:
    assert check_upload(upload(picture_bytes(kind), "policy.pdf")).ending == ending


def test_place_and_camera_are_gone_and_the_picture_is_upright() -> None:
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "Camera maker", 6
    exif.get_ifd(0x8825)[1] = "N"
    clean = check_upload(upload(picture_bytes(size=(40, 30), exif=exif)))
    assert b"Camera maker" not in clean.content
    with Image.open(io.BytesIO(clean.content)) as picture:
        assert not picture.getexif()
        assert picture.size == (30, 40)


def test_a_comment_in_a_picture_is_gone() -> None:
    target = io.BytesIO()
    Image.new("RGB", (9, 9)).save(target, "JPEG", comment=b"home address")
    assert b"home address" not in check_upload(upload(target.getvalue())).content


def test_an_empty_file() -> None:
    assert refusal(b"") == "The file is empty. Choose another."


def test_a_file_over_ten_megabytes() -> None:
    assert "larger than 10 MB" in refusal(pdf_bytes() + b"\n" * 10 * 1024 * 1024)


@pytest.mark.parametrize(
    "content", [b"MZ\x90\x00" + bytes(300), b"<html><script>1</script>", b"hello", b"PK\x03\x04" + bytes(99)]
)
def test_a_renamed_program_page_or_archive(content: bytes) -> None:
    assert "not a PDF, JPEG, PNG or WebP" in refusal(content, "policy.pdf")


def test_a_pdf_must_begin_as_one() -> None:
    assert "not a PDF" in refusal(b"MZ\x90\x00" + pdf_bytes())


def test_a_gif_is_not_on_the_list() -> None:
    assert "not a PDF" in refusal(picture_bytes("GIF"))


@pytest.mark.parametrize("content", [pdf_bytes(script=True), pdf_bytes(attachment=True)])
def test_a_pdf_that_carries_something(content: bytes) -> None:
    assert "carries a script, a form or another file" in refusal(content)


@pytest.mark.parametrize("name", ["Launch", "JavaScript"])
def test_a_pdf_with_an_action_deep_inside_a_page(name: str) -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    action = pikepdf.Dictionary(S=pikepdf.Name(f"/{name}"))
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, A=action)
    pdf.pages[0].Annots = pikepdf.Array([note])
    target = io.BytesIO()
    pdf.save(target)
    assert "carries a script" in refusal(target.getvalue())


def test_a_pdf_with_an_xfa_form() -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.Root.AcroForm = pikepdf.Dictionary(XFA=pikepdf.String("<xdp/>"), Fields=pikepdf.Array())
    target = io.BytesIO()
    pdf.save(target)
    assert "carries a script" in refusal(target.getvalue())


@pytest.mark.parametrize("password", ["secret", ""])
def test_an_encrypted_pdf(password: str) -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    target = io.BytesIO()
    pdf.save(target, encryption=pikepdf.Encryption(owner="owner", user=password))
    assert "protected by a password" in refusal(target.getvalue())


@pytest.mark.parametrize("content", [b"%PDF-1.7\n" + bytes(500), b"%PDF-1.7\n%%EOF"])
def test_a_broken_pdf(content: bytes) -> None:
    assert "can't be read" in refusal(content)


def test_a_pdf_that_unfolds_without_end() -> None:
    folded = zlib.compress(bytes(120 * 1024 * 1024), 9)
    head = b"%PDF-1.7\n1 0 obj\n<</Type/ObjStm/Filter/FlateDecode/Length " + str(len(folded)).encode() + b">>\nstream\n"
    assert "can't be read" in refusal(head + folded + b"\nendstream endobj\n%%EOF")


def test_a_picture_of_more_than_forty_megapixels() -> None:
    """A few hundred bytes that claim 10 gigapixels: refused by the claim, before a pixel is unfolded."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0))
    bomb = b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(999))) + chunk(b"IEND", b"")
    assert "40 megapixels" in refusal(bomb)
    assert "40 megapixels" in refusal(picture_bytes("PNG", size=(8000, 5001)))


def test_a_cut_off_picture() -> None:
    assert "can't be read" in refusal(picture_bytes(size=(400, 400))[:300])


@pytest.mark.django_db  # closing a response looks after the connection
def test_a_kept_file_is_given_back_privately(media: Path) -> None:
    name = store_upload(CleanFile(b"%PDF-1", ".pdf"), "documents")
    response = private_response(name, "Vet check, Bramble")
    assert isinstance(response, FileResponse)
    assert b"".join(response.streaming_content) == b"%PDF-1"
    response.close()
    assert response.headers["Content-Disposition"] == 'attachment; filename="Vet check, Bramble.pdf"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["Content-Type"] == "application/pdf"


def test_nginx_sends_the_file_where_it_stands_in_front(settings: Settings) -> None:
    settings.PRIVATE_FILES_LOCATION = "/private/"
    name = store_upload(CleanFile(b"%PDF-1", ".pdf"), "documents")
    response = private_response(name, "x", inline=True)
    assert response.headers["X-Accel-Redirect"] == f"/private/{name}"
    assert response.headers["Content-Disposition"] == 'inline; filename="x.pdf"'


@pytest.mark.parametrize("name", ["", "documents/none.pdf", "../secret.pdf", "/etc/passwd", "documents"])
def test_what_is_not_kept_is_not_found(name: str) -> None:
    with pytest.raises(Http404):
        private_response(name, "x")


def test_a_refused_submission_leaves_no_file(media: Path) -> None:
    name = store_upload(CleanFile(b"%PDF-1", ".pdf"), "documents")
    discard_upload(name)
    discard_upload(name)
    assert not (media / name).exists()


class _Daemon(socketserver.StreamRequestHandler):
    """As much of clamd as INSTREAM needs: it finds the word 'eicar'."""

    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        data = b""
        while size := int.from_bytes(self.rfile.read(4), "big"):
            data += self.rfile.read(size)
        self.wfile.write(b"stream: Eicar FOUND\0" if b"eicar" in data else b"stream: OK\0")


@pytest.fixture
def antivirus(settings: Settings) -> Iterator[None]:
    with socketserver.TCPServer(("127.0.0.1", 0), _Daemon) as server:
        settings.CLAMD_ADDRESS = f"127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield
        server.shutdown()
        thread.join()


@pytest.mark.usefixtures("antivirus")
def test_the_virus_check_is_asked_where_it_is_configured() -> None:
    assert check_upload(upload(pdf_bytes())).ending == ".pdf"
    assert "did not pass the virus check" in refusal(pdf_bytes() + b"eicar")


def test_no_file_is_taken_while_the_virus_check_is_away(settings: Settings) -> None:
    settings.CLAMD_ADDRESS = "/nowhere/clamd.sock"
    assert "can't be checked for viruses just now" in refusal(pdf_bytes())
