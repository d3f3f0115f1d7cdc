"""Forces and people."""

from functools import cache

from django.contrib.auth.hashers import make_password

from accounts.models import Force, Profile, Role, User

Held = tuple[str, Force | None]


def make_force(slug: str = "northshire", *, region: str = "North", lat: float = 53.4, lng: float = -1.5) -> Force:
    return Force.objects.create(
        slug=slug,
        name=f"{slug.capitalize()} Police",
        kind="police-territorial",
        region=region,
        country="England",
        hq_town=slug.capitalize(),
        lat=lat,
        lng=lng,
    )


def make_user(email: str, name: str, *roles: Held, telephone: str = "07700 900123") -> User:
    (user,) = make_users((email, name, *roles), telephone=telephone)
    return user


def make_users(*people: tuple[str, str, *tuple[Held, ...]], telephone: str = "07700 900123") -> list[User]:
    """People by address, name and roles; all of them in three statements."""
    made = User.objects.bulk_create([User(email=email, password=_hashed()) for email, *_rest in people])
    named = list(zip(made, people, strict=True))
    Profile.objects.bulk_create([Profile(user=user, name=told[1], telephone=telephone) for user, told in named])
    Role.objects.bulk_create(
        [Role(user=user, role=role, force=force) for user, told in named for role, force in told[2:]]
    )
    return made


@cache
def _hashed() -> str:
    return make_password("correct horse battery")
