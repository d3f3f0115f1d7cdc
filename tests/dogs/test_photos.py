"""Photos: what is taken from a phone, how it is cut, and when anybody sees it."""

import io
from collections.abc import Iterator
from datetime import datetime
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from PIL import Image
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from core.files import CleanFile, check_upload, store_upload
from core.lifecycle import Refused
from core.tenancy import scope, system_scope
from dogs.actions import consents, photos, profiles
from dogs.faces import face_of
from dogs.forms.profiles import PhotoForm
from dogs.models import Dog, Photo, Profile
from dogs.photos import Copy, Framing, crop_box, cut, focus_within, size_of, widths_for
from dogs.states import Shape
from tests.conftest import Cast
from tests.factories.files import pdf_bytes, picture_bytes, upload
from tests.factories.profiles import photographed, published, sent, written


@pytest.fixture
def network(cast: Cast, settings: Settings, tmp_path: Path) -> Iterator[Cast]:
    settings.MEDIA_ROOT = tmp_path
    with system_scope():
        yield cast


def from_phone(size: tuple[int, int] = (60, 40), orientation: int = 6) -> bytes:
    """A JPEG that knows where and with what it was taken, and that it lies on its side."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "Telephone maker", orientation
    exif.get_ifd(0x8825).update({1: "N", 2: (53.0, 22.0, 48.0), 3: "W", 4: (1.0, 28.0, 12.0)})
    return picture_bytes(size=size, exif=exif)


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def test_what_a_phone_knows_is_gone_from_every_copy_and_the_picture_stands_upright() -> None:
    clean = check_upload(upload(from_phone(), "IMG_1.HEIC"))
    assert size_of(clean.content) == (40, 60)
    for copy in cut(clean.content, Shape.AS_TAKEN, (50, 50)):
        for ending, data in copy.content.items():
            with opened(data) as picture:
                assert (picture.size, dict(picture.getexif())) == ((40, 60), {}), ending
                assert not {"exif", "xmp", "icc_profile", "comment"} & picture.info.keys(), ending
            assert b"Telephone maker" not in data


def test_copies_come_in_three_formats_and_up_to_three_sizes() -> None:
    copies = cut(picture_bytes(size=(1700, 850)), Shape.AS_TAKEN, (50, 50))
    assert [(copy.width, copy.height) for copy in copies] == [(400, 200), (800, 400), (1600, 800)]
    kinds = {ending: opened(data).format for ending, data in copies[0].content.items()}
    assert kinds == {"avif": "AVIF", "webp": "WEBP", "jpg": "JPEG"}
    assert widths_for(120) == (120,)


@pytest.mark.parametrize(
    ("shape", "focus", "box"),
    [
        (Shape.AS_TAKEN, (0, 0), (0, 0, 600, 400)),
        (Shape.SQUARE, (50, 50), (100, 0, 500, 400)),
        (Shape.SQUARE, (0, 50), (0, 0, 400, 400)),
        (Shape.SQUARE, (100, 100), (200, 0, 600, 400)),
        (Shape.UPRIGHT, (60, 10), (200, 0, 520, 400)),
        (Shape.WIDE, (50, 50), (0, 0, 600, 400)),
    ],
)
def test_a_crop_keeps_the_face_in_the_middle_as_far_as_the_edges_let_it(
    shape: Shape, focus: tuple[int, int], box: tuple[int, int, int, int]
) -> None:
    assert crop_box((600, 400), shape, focus) == box


def test_the_face_is_found_again_in_the_crop() -> None:
    assert focus_within((600, 400), Shape.SQUARE, (50, 20)) == (50, 20)
    assert focus_within((600, 400), Shape.SQUARE, (0, 100)) == (0, 100)


def test_a_picture_that_can_be_seen_through_stands_on_paper() -> None:
    target = io.BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(target, "PNG")
    clean = check_upload(upload(target.getvalue(), "logo.png"))
    with opened(cut(clean.content, Shape.AS_TAKEN, (50, 50))[0].content["jpg"]) as picture:
        pixel = picture.convert("RGB").getpixel((25, 25))
    assert all(abs(got - wanted) < 4 for got, wanted in zip(pixel, (255, 250, 241), strict=True))


@pytest.mark.parametrize("kind", ["WEBP", "PNG"])
def test_of_a_moving_picture_the_first_frame_is_kept(kind: str) -> None:
    target = io.BytesIO()
    frames = [Image.new("RGB", (30, 20), colour) for colour in ("red", "blue", "green")]
    frames[0].save(target, kind, save_all=True, append_images=frames[1:], duration=100)
    clean = check_upload(upload(target.getvalue(), "dog"))
    for data in cut(clean.content, Shape.AS_TAKEN, (50, 50))[0].content.values():
        with opened(data) as picture:
            assert getattr(picture, "n_frames", 1) == 1
            red, _green, blue = picture.convert("RGB").getpixel((15, 10))
        assert red > 200 > blue


def form_with(content: bytes, name: str = "dog.jpg", **changes: str) -> PhotoForm:
    typed = {"alt": "Asleep", "shape": "square", "focus": "50-0", "exact": "", **changes}
    return PhotoForm(typed, {"file": upload(content, name)})


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (pdf_bytes(), "not a photo that we can show"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "not a photo that we can show"),
        (picture_bytes()[:200], "can't be read"),
        (b"GIF89a" + picture_bytes("GIF")[6:], "not a photo that we can show"),
        (b"x" * (10 * 1024 * 1024 + 1), "larger than 10 MB"),
    ],
)
def test_what_is_no_photo_is_refused_beside_the_field(content: bytes, said: str) -> None:
    form = form_with(content)
    assert not form.is_valid()
    assert said in form.errors["file"][0]


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_opened() -> None:
    target = io.BytesIO()
    Image.new("1", (8000, 5001)).save(target, "PNG")
    form = form_with(target.getvalue())
    assert not form.is_valid()
    assert "40 megapixels" in str(form.errors["file"])


def test_a_picture_that_is_also_something_else_loses_the_rest() -> None:
    form = form_with(picture_bytes() + b"<script>alert(1)</script>PK\x03\x04")
    assert form.is_valid()
    assert b"script" not in form.cleaned_data["file"].content


def test_a_tap_is_exact_and_nine_places_do_without_scripts() -> None:
    assert (tapped := form_with(picture_bytes(), exact="37,62")).is_valid()
    assert tapped.framing.focus == (37, 62)
    assert (chosen := form_with(picture_bytes())).is_valid()
    assert chosen.framing.focus == (50, 0)
    for nonsense in ("101,5", "x", "5", "²,²", "-1,5"):
        assert (form := form_with(picture_bytes(), exact=nonsense)).is_valid()
        assert form.framing.focus == (50, 0)


def test_without_words_no_photo() -> None:
    form = form_with(picture_bytes(), alt="  ")
    assert not form.is_valid()
    assert "alt" in form.errors


def test_a_photo_is_cut_once_and_kept_under_new_names(network: Cast, now: datetime, tmp_path: Path) -> None:
    photo = photographed(written(network, now), by=network.north_handler, now=now)
    assert [copy["width"] for copy in photo.copies] == [400, 800]
    names = {name for copy in photo.copies for name in copy["names"].values()}
    assert len(names) == 6
    assert all((tmp_path / name).is_file() for name in names)
    assert photos.cut_photos(now=now) == 0


def test_a_photo_whose_file_is_lost_is_left_alone_after_some_attempts(
    network: Cast, now: datetime, tmp_path: Path
) -> None:
    photo = photographed(written(network, now), by=network.north_handler, now=now)
    Photo.objects.filter(pk=photo.pk).update(copies=[], attempts=0)
    (tmp_path / photo.file).unlink()
    assert [photos.cut_photos(now=now) for _ in range(7)] == [0] * 7
    photo.refresh_from_db()
    assert photo.attempts == photos.MOST_ATTEMPTS


def test_a_photo_that_kills_its_worker_is_left_alone_after_some_attempts(
    network: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = photographed(written(network, now), by=network.north_handler, now=now)
    Photo.objects.filter(pk=photo.pk).update(copies=[], attempts=0)

    class KilledError(BaseException):
        """As sudden as a kill, but the test goes on."""

    def kill(*_: object) -> None:
        raise KilledError

    monkeypatch.setattr(photos, "cut", kill)
    for _time in range(photos.MOST_ATTEMPTS):
        with pytest.raises(KilledError):
            photos.cut_photos(now=now)
    assert photos.cut_photos(now=now) == 0
    photo.refresh_from_db()
    assert photo.attempts == photos.MOST_ATTEMPTS


def test_a_new_photo_waits_for_the_next_publication(network: Cast, now: datetime) -> None:
    profile = published(network, now)
    photo = photographed(profile, by=network.north_handler, now=now)
    with scope():
        assert not Photo.objects.exists()
        assert face_of("bramble").photo is None  # type: ignore[union-attr]
    published(network, now)
    with scope():
        assert face_of("bramble").photo.uuid == str(photo.uuid)  # type: ignore[union-attr]


def test_a_shown_photo_stays_until_its_successor_is_published(
    network: Cast, now: datetime, tmp_path: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    first = photographed(written(network, now), by=network.north_handler, now=now)
    published(network, now)
    framing = Framing(alt="Bramble awake", shape=Shape.SQUARE, focus=(10, 10))
    second = photos.change_photo(photo=first, framing=framing, by=network.north_handler, now=now)
    again = photos.change_photo(
        photo=first, framing=Framing("Bramble up", Shape.SQUARE, (10, 10)), by=network.north_handler, now=now
    )
    assert (second.pk, again.alt) == (again.pk, "Bramble up")
    photos.cut_photos(now=now)
    with scope():
        assert face_of("bramble").photo.alt == "Asleep on the jackets"  # type: ignore[union-attr]
    with django_capture_on_commit_callbacks(execute=True):
        published(network, now)
    with scope():
        shown = face_of("bramble").photo  # type: ignore[union-attr]
    assert shown is not None
    assert (shown.alt, shown.sizes) == ("Bramble up", ((400, 400),))
    assert not (tmp_path / first.file).exists()
    assert Photo.objects.count() == 1


def test_changing_the_words_alone_keeps_the_copies(network: Cast, now: datetime) -> None:
    photo = photographed(written(network, now), by=network.north_handler, now=now)
    same = photos.change_photo(photo=photo, framing=Framing("Asleep on the jackets"), by=network.north_handler, now=now)
    assert same.copies == photo.copies
    reworded = photos.change_photo(photo=photo, framing=Framing("Asleep, again"), by=network.north_handler, now=now)
    assert (reworded.alt, reworded.copies) == ("Asleep, again", photo.copies)
    cropped = photos.change_photo(
        photo=photo, framing=Framing("Asleep, again", Shape.WIDE), by=network.north_handler, now=now
    )
    assert cropped.copies == []


def test_a_removed_photo_is_gone_with_its_files(
    network: Cast, now: datetime, tmp_path: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    photo = photographed(written(network, now), by=network.north_handler, now=now)
    published(network, now)
    with django_capture_on_commit_callbacks(execute=True):
        photos.remove_photo(photo=photo, by=network.north_handler, now=now)
    assert list((tmp_path / "photos").iterdir()) == []
    with scope():
        assert face_of("bramble").photos == ()  # type: ignore[union-attr]


def changed_after_it_was_shown(network: Cast, now: datetime) -> Photo:
    first = photographed(written(network, now), by=network.north_handler, now=now)
    published(network, now)
    framing = Framing(alt="Bramble awake", shape=Shape.SQUARE, focus=(10, 10))
    return photos.change_photo(photo=first, framing=framing, by=network.north_handler, now=now)


def test_what_is_removed_before_it_has_replaced_the_one_that_is_shown_takes_that_with_it(
    network: Cast, now: datetime, tmp_path: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    successor = changed_after_it_was_shown(network, now)
    with django_capture_on_commit_callbacks(execute=True):
        for _twice in range(2):
            photos.remove_photo(photo=successor, by=network.north_handler, now=now)
    assert not Photo.objects.exists()
    assert list((tmp_path / "photos").iterdir()) == []
    with scope():
        assert face_of("bramble").photos == ()  # type: ignore[union-attr]


def test_the_one_that_is_shown_goes_first_with_its_successor(network: Cast, now: datetime) -> None:
    successor = changed_after_it_was_shown(network, now)
    photographed(successor.profile, by=network.north_handler, now=now)
    photos.put_photo_first(photo=successor, by=network.north_handler, now=now)
    assert set(Photo.objects.filter(position=0)) == {successor, successor.replaces}


def test_a_photo_that_somebody_removed_meanwhile_is_missed_in_words(network: Cast, now: datetime) -> None:
    photo = photographed(written(network, now), by=network.north_handler, now=now)
    photos.remove_photo(photo=Photo.objects.get(), by=network.north_handler, now=now)
    with pytest.raises(Refused, match="not there any more"):
        photos.put_photo_first(photo=photo, by=network.north_handler, now=now)
    with pytest.raises(Refused, match="not there any more"):
        photos.change_photo(photo=photo, framing=Framing("Awake"), by=network.north_handler, now=now)


def test_the_first_photo_stands_for_the_dog(network: Cast, now: datetime) -> None:
    profile = written(network, now)
    photographed(profile, by=network.north_handler, now=now)
    second = photographed(profile, by=network.north_handler, now=now)
    published(network, now)
    photos.put_photo_first(photo=second, by=network.north_handler, now=now)
    photos.put_photo_first(photo=second, by=network.north_handler, now=now)
    assert face_of("bramble").photo.uuid == str(second.uuid)  # type: ignore[union-attr]


def test_a_page_has_so_many_photos_and_no_more(network: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photos, "MOST_PHOTOS", 1)
    profile = written(network, now)
    photographed(profile, by=network.north_handler, now=now)
    with pytest.raises(Refused) as refused:
        photographed(profile, by=network.north_handler, now=now)
    assert refused.value.field == "file"


def test_photos_of_what_others_read_are_not_changed(network: Cast, now: datetime) -> None:
    photo = photographed(written(network, now), by=network.north_handler, now=now)
    profile = sent(network, now)
    with pytest.raises(Refused, match="with the lead"):
        photos.change_photo(photo=photo, framing=Framing("Other"), by=network.north_handler, now=now)
    profiles.approve_profile(profile=profile, by=network.north_lead, now=now)
    with pytest.raises(Refused, match="with the coordinators"):
        photographed(profile, by=network.north_handler, now=now)


def test_other_forces_keep_their_hands_off(network: Cast, now: datetime) -> None:
    photo = photographed(written(network, now), by=network.north_handler, now=now)
    stored = photos.Stored(store_upload(CleanFile(picture_bytes(), ".jpg"), "photos"), 40, 30)
    for by in (network.south_lead, network.south_handler, network.assessor):
        with pytest.raises(PermissionDenied):
            photos.add_photo(profile=photo.profile, stored=stored, framing=Framing("No"), by=by, now=now)
        with pytest.raises(PermissionDenied):
            photos.change_photo(photo=photo, framing=Framing("No"), by=by, now=now)
        with pytest.raises(PermissionDenied):
            photos.put_photo_first(photo=photo, by=by, now=now)
        with pytest.raises(PermissionDenied):
            photos.remove_photo(photo=photo, by=by, now=now)


def test_without_consent_to_photos_the_drawing_stands_in(network: Cast, now: datetime) -> None:
    photographed(written(network, now), by=network.north_handler, now=now)
    profile = published(network, now)
    consents.choose_parts(profile=profile, parts=["story"], by=network.north_handler, now=now)
    with scope():
        assert not Photo.objects.exists()
        assert face_of("bramble").photo is None  # type: ignore[union-attr]
    assert Profile.objects.get().published_at is not None


def test_without_a_photo_there_is_no_likeness(network: Cast, now: datetime) -> None:
    written(network, now)
    assert Dog.objects.get(name="Bramble").likeness is None


def test_the_first_photo_is_the_dogs_likeness_whether_it_is_published_or_not(network: Cast, now: datetime) -> None:
    profile = written(network, now)
    first = photographed(profile, by=network.north_handler, now=now)
    second = photographed(profile, by=network.north_handler, now=now)
    assert likeness_of("Bramble") == (str(first.uuid), 400)
    photos.put_photo_first(photo=second, by=network.north_handler, now=now)
    assert likeness_of("Bramble") == (str(second.uuid), 400)
    photos.remove_photo(photo=second, by=network.north_handler, now=now)
    assert likeness_of("Bramble") == (str(first.uuid), 400)
    photos.remove_photo(photo=first, by=network.north_handler, now=now)
    assert Dog.objects.get(name="Bramble").likeness is None


def test_a_handler_alone_keeps_the_likeness(network: Cast, now: datetime) -> None:
    """The dog's row is its force's to write; its handler adds the photo."""
    profile = written(network, now)
    with scope(user=network.north_handler.pk):
        photographed(profile, by=network.north_handler, now=now)
        photo = photographed(profile, by=network.north_handler, now=now)
        photos.put_photo_first(photo=photo, by=network.north_handler, now=now)
    assert likeness_of("Bramble") == (str(photo.uuid), 400)


def test_until_its_successor_is_cut_a_photo_stays_the_likeness(network: Cast, now: datetime) -> None:
    first = photographed(written(network, now), by=network.north_handler, now=now)
    published(network, now)
    framing = Framing(alt="Bramble awake", shape=Shape.SQUARE, focus=(10, 10))
    second = photos.change_photo(photo=first, framing=framing, by=network.north_handler, now=now)
    assert likeness_of("Bramble") == (str(first.uuid), 400)
    photos.cut_photos(now=now)
    assert likeness_of("Bramble") == (str(second.uuid), 400)
    assert Dog.objects.get(name="Bramble").likeness["focus"] == [15, 10]


def test_what_was_changed_while_it_was_cut_is_cut_anew(
    network: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = photographed(written(network, now), by=network.north_handler, now=now)
    photos.change_photo(photo=photo, framing=Framing("Up", Shape.SQUARE), by=network.north_handler, now=now)
    real = photos.cut

    def meanwhile(data: bytes, shape: str, focus: tuple[int, int]) -> list[Copy]:
        Photo.objects.filter(pk=photo.pk).update(shape=Shape.WIDE)
        return real(data, shape, focus)

    monkeypatch.setattr(photos, "cut", meanwhile)
    assert photos.cut_photos(now=now) == 0
    monkeypatch.setattr(photos, "cut", real)
    assert photos.cut_photos(now=now) == 1


def test_dogs_from_before_get_their_likeness_from_the_migration(network: Cast, now: datetime) -> None:
    photo = photographed(written(network, now), by=network.north_handler, now=now)
    kept = Dog.objects.get(name="Bramble").likeness
    Dog.objects.update(likeness=None)
    import_module("dogs.migrations.0014_first_likenesses").fill(apps, None)
    assert Dog.objects.get(name="Bramble").likeness == kept
    assert kept["uuid"] == str(photo.uuid)


def likeness_of(name: str) -> tuple[str, int]:
    kept = Dog.objects.get(name=name).likeness
    return kept["uuid"], kept["width"]
