"""Files to upload, good and bad, made in memory."""

import io

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def pdf_bytes(*, script: bool = False, attachment: bool = False, password: str = "") -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    if script:
        action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        pdf.Root.OpenAction = action
    if attachment:
        pdf.attachments["note.txt"] = b"hidden"
    target = io.BytesIO()
    encryption = pikepdf.Encryption(owner=password, user=password) if password else False
    pdf.save(target, encryption=encryption)
    return target.getvalue()


def picture_bytes(kind: str = "JPEG", *, size: tuple[int, int] = (40, 30), exif: Image.Exif | None = None) -> bytes:
    target = io.BytesIO()
    picture = Image.new("RGB", size, "green")
    if exif is None:
        picture.save(target, kind)
    else:
        picture.save(target, kind, exif=exif)
    return target.getvalue()


def upload(content: bytes, name: str = "scan.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)
