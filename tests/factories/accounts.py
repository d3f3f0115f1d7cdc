"""Forces and people."""

from accounts.models import Force, Profile, Role, User


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


def make_user(email: str, name: str, *roles: tuple[str, Force | None], telephone: str = "07700 900123") -> User:
    user = User.objects.create_user(email, "correct horse battery")
    Profile.objects.create(user=user, name=name, telephone=telephone)
    for role, force in roles:
        Role.objects.create(user=user, role=role, force=force)
    return user
