"""Invented stories of invented dogs: funny about the dog, kind about people."""

from dataclasses import dataclass
from random import Random

from dogs.stories import Award, Story

OPENINGS = (
    "{name} failed guide-dog training for being too friendly. Stopping to say hello turned out to be exactly what a"
    " police station needs.",
    "{name} came to us from a rescue centre, where the note on the kennel said 'will lean'. It was right.",
    "{name} was going to be a search dog, and found everything except the thing that was lost.",
    "{name} grew up on a farm and still counts people into a room, quietly, twice.",
    "{name} arrived for a week's trial. Nobody has mentioned the end of the week.",
    "{name} was the last of nine puppies to be chosen, and has been chosen first ever since.",
    "{name} belonged to a retired teacher and has kept the habit of looking round the class before starting.",
    "{name} was meant to stay at home. {handler} came in to collect a coat, and the night shift would not give the dog"
    " back.",
    "{name} learned the job from an older dog, including the part about pretending to be asleep.",
    "{name} started with one visit a month to the control room. Now shifts ask for the dog by name.",
    "{name} passed every part of the assessment at the first try, and slept through the certificate.",
    "{name} has a calm heart, large feet and no idea how long the tail is.",
    "{name} is a farm dog, a town dog and, on Thursdays, an office dog.",
    "{name} was found in a lay-by in the rain, and has felt strongly about umbrellas ever since.",
    "{name} came from a family whose twins turned out to be allergic. They still get a birthday card.",
)
MIDDLES = (
    "If you sit down, you will be leaned on. People say it helps, and nobody has asked how.",
    "The method is simple: arrive, sit, stay until somebody's shoulders come down.",
    "The gift is patience. The other gift is hearing a biscuit tin through two fire doors.",
    "After a bad night the crew room is quiet, and so is this dog. It is the same quiet, only warmer.",
    "New people get a sniff, old friends get a shoe. It is always the same shoe.",
    "Meetings are better with a dog under the table, mostly because they are shorter.",
    "Nobody has to talk. Somebody usually does, about twenty minutes in.",
    "The favourite place in any building is wherever people stand when they think nobody is looking.",
    "It takes about four minutes to be remembered and much less to be forgiven.",
    "Telephones, alarms and the vending machine are all fine. The stapler is under review.",
    "There is a proper way to say hello: hand low, one scratch, then wait to be thanked.",
    "The control room keeps a chair free. It isn't for anybody with fewer than four legs.",
    "Those who don't like dogs get a wide berth and a polite look, and that is all right too.",
    "Every visit ends at the door with a long look back, to check that everybody is still there.",
)
CLOSINGS = (
    "Off duty there is a garden, a ball, and a cat who is in charge.",
    "At home {name} belongs to two children and a very small sofa.",
    "Days off are for the beach, in any weather, preferably all of it.",
    "Weekends are spent looking for the perfect stick and leaving it where it was.",
    "{handler} does the driving. {name} does the rest.",
    "{handler} says the job is easy to explain: hold one end of the lead, and follow.",
    "Works until the tail says stop, and {handler} watches the tail.",
    "Snores. We thought you should know.",
    "Retirement plan: the rug by the boiler. No date has been set.",
    "Would like to meet you, and whoever is holding that sandwich.",
    "Has opinions about the hoover, and will share them.",
)
TREATS = (
    "Carrot, which is plainly a bone.",
    "The end of the toast. Always the end.",
    "Cheese, however small the piece.",
    "Half an apple, eaten in private.",
    "A blueberry, one at a time, with ceremony.",
    "Ice cubes. Summer and winter.",
    "Whatever the sergeant is having.",
    "Peanut butter from a spoon that somebody else is holding.",
    "Green beans. We don't ask.",
    "Dried fish, to everybody's regret.",
    "A cold sausage on the last day of the month.",
    "Cucumber, crunched loudly during meetings.",
    "Plain rice cake, carried about like a trophy first.",
    "Scrambled egg, on birthdays. Everybody's birthday.",
    "Melon. Just the once, but it is still talked about.",
    "Any biscuit called 'plain'.",
)
TRICKS = (
    "Shakes paws with the left. Always the left.",
    "Fetches the lead when a meeting has gone on too long.",
    "Can pick the saddest person in a room, and does.",
    "Opens the kitchen door. Never closes it.",
    "Sits before being asked, and waits to be noticed.",
    "Rolls over for nobody but the cleaner.",
    "Finds keys. Hides them first.",
    "Waves. It may be a scratch, but we call it a wave.",
    "Balances a biscuit on the nose for a full second.",
    "Yawns in chorus with whoever yawns first.",
    "Carries the post to the wrong desk, with dignity.",
    "Plays dead, breathing heavily.",
    "Knows the sound of {handler}'s car from four others.",
    "Turns three times before lying down, and counts.",
    "Rests a chin on a knee at just the right moment.",
    "Catches a ball one time in five, and bows for all of them.",
)
NAPS = (
    "Under whichever desk is busiest.",
    "On {handler}'s left boot.",
    "In the corridor, where everybody must step over.",
    "By the radiator with the loose valve.",
    "Behind the sofa in the quiet room, paws showing.",
    "On a pile of hi-vis jackets, fresh from the wash.",
    "In the sun on the third stair. It moves; so does the dog.",
    "Under the printer. It is warm and it hums.",
    "Across two chairs that were for visitors.",
    "In the boot of the car, with the door open, watching the yard.",
    "Against the drinks machine, which purrs.",
    "In the doorway, so as to miss nothing.",
    "On the one rug nobody bought for a dog.",
    "Next to whoever has had the longest day.",
)
GOOD_WITH = (
    "children",
    "crowds",
    "quiet rooms",
    "night shifts",
    "stairs",
    "other dogs",
    "control rooms",
    "wheelchairs",
)
AWARDS = (
    "Animal of the year, chief constable's commendations",
    "Team of the year, regional wellbeing day",
    "Certificate of thanks from the ambulance control room",
    "Most borrowed colleague, voted by the night shift",
)
TRIBUTES = (
    "{name} worked with us for years and knew every crew room in the county. On the last visit the whole shift came"
    " down to say thank you. {name} is remembered here because {handler} asked us to.",
    "{name} never hurried. People who met {name} on their worst day remember being leaned on, and that nobody told them"
    " to cheer up. Good dog.",
    "There is still a chair free in the control room. {name} would have chosen the floor beside it. Remembered with"
    " love by {handler} and by everybody who ever shared a sandwich.",
)


@dataclass(frozen=True)
class Storyteller:
    """Tells of one dog after another; the same random numbers tell the same stories."""

    random: Random
    # The uuids of the questions on treat, trick and nap.
    questions: tuple[str, str, str]

    def story(self, name: str, handler: str, years: range) -> Story:
        """`years` are those in which the dog may have been given an award: one dog in three has one."""
        words = {"name": name, "handler": handler}
        parts = [self.random.choice(part).format(**words) for part in (OPENINGS, MIDDLES, CLOSINGS)]
        good_with = set(self.random.sample(GOOD_WITH, 3))
        told = [self.random.choice(answers).format(**words) for answers in (TREATS, TRICKS, NAPS)]
        award = Award(self.random.choice(years), self.random.choice(AWARDS))
        return Story(
            story=f"{parts[0]}\n\n{parts[1]} {parts[2]}",
            answers=dict(zip(self.questions, told, strict=True)),
            good_with=tuple(word for word in GOOD_WITH if word in good_with),
            awards=(award,) if self.random.random() < 1 / 3 else (),
        )

    def tribute(self, name: str, handler: str, number: int) -> Story:
        words = {"name": name, "handler": handler}
        text = TRIBUTES[number % len(TRIBUTES)].format(**words)
        treat, nap = self.random.choice(TREATS), self.random.choice(NAPS).format(**words)
        return Story(story=text, answers={self.questions[0]: treat, self.questions[2]: nap})
