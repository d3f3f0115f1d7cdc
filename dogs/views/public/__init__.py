"""What anybody may see and do, by noun: the drawings, the gallery, a dog's page and its paws."""

from dogs.views.public.drawings import portrait
from dogs.views.public.gallery import dog_list
from dogs.views.public.kudos import dog_kudos
from dogs.views.public.profiles import dog_detail
from dogs.views.public.social import dog_social

__all__ = ["dog_detail", "dog_kudos", "dog_list", "dog_social", "portrait"]
