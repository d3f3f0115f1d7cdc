"""What every action on a public face shares: who may, the locks, what of the words is shown, whom it concerns."""

from datetime import datetime

from accounts.access import can
from accounts.models import User
from accounts.queries import coordinators, leads_of, people
from core.public_pages import renew_public_pages
from core.tenancy import network_scope
from dogs import emails
from dogs.models import Answer, Dog, Draft, PartConsent, Profile, Question, Team, whose_page
from dogs.portrait import coat_for, head_for
from dogs.states import Part
from dogs.stories import Story, read_story
from network.models import Handler
from notifications.outbox import Recipient


def works(dog: Dog, by: User) -> bool:
    """Whether the dog's page is theirs to write: of a dog that has gone, also its last handlers', for the tribute."""
    teams = Team.objects.filter(whose_page(), dog=dog, handler_user=by)
    return teams.exists() and can(by, "deployment.work", force=dog.force_id)


def leads(dog: Dog, by: User) -> bool:
    return can(by, "team.keep", force=dog.force_id)


def keeps(dog: Dog, by: User) -> bool:
    return leads(dog, by) or can(by, "network.keep")


def locked(profile: Profile) -> Profile:
    """The dog's row and the profile's, held to the end. Always the first locks: what follows can't wait in a circle."""
    Dog.objects.select_for_update(no_key=True).get(pk=profile.dog_id)
    return Profile.objects.select_for_update(no_key=True, of=("self",)).select_related("dog__force").get(pk=profile.pk)


def draft_of(profile: Profile, *, now: datetime) -> Draft:
    """The draft of a locked profile; made where there is none yet."""
    fresh = {"force_id": profile.force_id, "moved_at": now}
    return Draft.objects.get_or_create(profile=profile, defaults=fresh)[0]


def show(profile: Profile, draft: Draft) -> None:
    """Copy into the public row what was published last, as far as the handler agrees; empty the rest of it.

    The caller has changed the row's consent, parts or publication: that is saved here too, and kept pages are renewed.
    """
    story, parts = read_story(draft.shown_words), set(profile.parts)
    _describe(profile)
    _name_handler(profile, parts)
    profile.story = story.story if Part.STORY in parts else ""
    profile.language = story.language
    profile.good_with = list(story.good_with) if Part.GOOD_TO_KNOW in parts else []
    profile.awards = [list(award) for award in story.awards] if Part.AWARDS in parts else []
    profile.save()
    _answer(profile, story if Part.ANSWERS in parts else Story())
    renew_public_pages()


def show_again(dog: Dog, *, now: datetime) -> None:
    """Bring the page of a dog up to date after its teams have changed: it names nobody who does not work it."""
    profile = Profile.objects.filter(dog=dog).first()
    if profile:
        profile = locked(profile)
        show(profile, draft_of(profile, now=now))


def _describe(profile: Profile) -> None:
    dog, head = profile.dog, head_for(profile.dog.breed)
    profile.name, profile.breed, profile.head = dog.name, dog.breed, head
    profile.coat, profile.ears = dog.coat or coat_for(dog.breed, head, dog.pk), dog.ears


def _name_handler(profile: Profile, parts: set[str]) -> None:
    """The first name and the role of the handler who agreed to it, and since when the dog has worked."""
    profile.handler_first_name = profile.handler_role = ""
    profile.since_on = None
    with network_scope(user=None, reason="a handler sees only the own team, the page is about all of them"):
        teams = list(Team.objects.filter(dog_id=profile.dog_id).order_by("-is_active", "since_on", "pk"))
        agreed = PartConsent.objects.filter(profile=profile, part=Part.HANDLER, withdrawn_at=None).first()
        known = [team for team in teams if team.is_active or team.to_the_end]
        own = [team for team in known if agreed and team.handler_user_id == agreed.given_by_id]
        handler = Handler.objects.get(pk=own[0].handler_id) if own else None
    if handler and Part.HANDLER in parts:
        profile.handler_first_name, profile.handler_role = handler.first_name[:40], handler.role_title
    if teams and Part.SINCE in parts:
        profile.since_on = min(team.since_on for team in teams)


def _answer(profile: Profile, story: Story) -> None:
    Answer.objects.filter(profile=profile).delete()
    Answer.objects.bulk_create(
        Answer(force_id=profile.force_id, profile=profile, question=question, words=story.answers[str(question.uuid)])
        for question in Question.objects.filter(uuid__in=list(story.answers), is_active=True)
    )


def ask_to_publish(profile: Profile, *, by: User, now: datetime, again: bool = False) -> None:
    """Tell the coordinators that a page waits for them alone; `again`: as it was before consent was withdrawn."""
    with network_scope(user=by.pk, reason="the coordinators publish what was approved"):
        for recipient in coordinators():
            emails.profile_to_publish(profile, recipient, now=now, again=again)


def tell(
    profile: Profile, said: str, *, by: User, now: datetime, leads: bool = False, handlers: bool = True, why: str = ""
) -> None:
    """The dog's handlers, whose page it is, and where asked for the leads of its force; a lead not of the own act."""
    with network_scope(user=by.pk, reason="the dog's handlers and leads are told"):
        told: dict[int | None, Recipient] = {}
        if leads:
            told = {to.user_id: to for to in leads_of(profile.force_id) if to.user_id != by.pk}
        if handlers:
            working = Team.objects.filter(whose_page(), dog_id=profile.dog_id)
            told |= {to.user_id: to for to in people(working.values_list("handler_user_id", flat=True))}
        for recipient in told.values():
            emails.profile_moved(profile.dog, said, recipient, now=now, why=why)
