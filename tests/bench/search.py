"""The gallery's search among as many published dogs as there are teams: a page of results, read and put in order."""

from core.tenancy import scope
from dogs.gallery import Wish, find_keys, open_gallery
from tests.bench.figures import Figure
from tests.bench.network_of_size import BASE, Network
from tests.bench.timing import many, quantile

TIMES = 20
# Wrong in the ways that people are; the last ones find nobody, and a third of everybody.
TYPED = ("bisket", "labrodor", "northumbira", "german shepard", "wafle golden", "xqzzy", "police")

# Dogs' names are few and dear: two in three have one of twenty, the others something of their own after it.
FILL = f"""
insert into dogs_profile (uuid, force_id, dog_id, slug, name, breed, head, coat, ears, handler_first_name,
    handler_role, story, language, awards, parts, has_died, good_with, is_tribute, consent, consent_at, consent_by_id,
    published_at, published_by_id)
  select uuidv7(), force_id, id, 'bench-' || id, 'Bramble', 'Labrador', 'labrador', 'chocolate', 'drop', 'Hari',
    'Response officer', 'Likes people.', 'en-gb', '[]', '{{story,handler,place}}', false, '{{}}', false, 'given', now(),
    id, now(), {BASE} from dogs_dog d where not exists (select 1 from dogs_profile p where p.dog_id = d.id);
update dogs_profile set
  name = (array['Bramble', 'Biscuit', 'Pickle', 'Crumpet', 'Juno', 'Tam', 'Waffle', 'Otter', 'Custard', 'Bear', 'Honey',
    'Fudge', 'Cloud', 'Dash', 'Max', 'Luna', 'Bella', 'Poppy', 'Molly', 'Alfie'])[1 + dog_id % 20]
    || case when dog_id % 3 = 0 then ' ' || left(md5((dog_id % 5000)::text), 5) else '' end,
  breed = (array['Labrador', 'Golden retriever', 'Cocker spaniel', 'English springer spaniel', 'Cockapoo',
    'Labradoodle',
    'Miniature poodle', 'German shepherd', 'Border collie', 'Welsh sheepdog', 'Border terrier', 'Greyhound', 'Whippet',
    'Lurcher', 'British bulldog', 'Crossbreed'])[1 + dog_id / 7 % 16];
insert into dogs_searchword (word)
  select distinct left(word, 80) from dogs_profile, unnest(profile_words(name, breed)) word on conflict do nothing;
"""


def fill(network: Network) -> None:
    """Publish every dog. So large a load leaves work in the indexes: a vacuum must follow before one measures."""
    network.run(FILL)


def measure(network: Network, found: dict[str, Figure]) -> list[Figure]:
    return [figure for typed in TYPED for figure in _search(network.teams, Wish(q=typed))]


def _search(dogs: int, wish: Wish) -> list[Figure]:
    """The search by itself, and a whole page of results as it is read for the gallery."""

    def find() -> None:
        with scope():
            find_keys(wish, None)

    def read() -> int:
        with scope():
            return open_gallery(wish).total

    total = read()
    name = f"search, {dogs:,} dogs, “{wish.q}”"
    return [
        Figure(name, quantile(many(find, TIMES), 0.5), "ms", target=50, note=f"{total:,} found"),
        Figure(f"{name}, page read", quantile(many(read, TIMES), 0.5), "ms"),
    ]
