"""Dogs listen to what happens to their handlers."""

from django.apps import AppConfig


class DogsConfig(AppConfig):
    name = "dogs"

    def ready(self) -> None:
        from dogs.actions.dogs import part_from_leaver  # noqa: PLC0415  (models are ready only now)
        from network.signals import handler_left  # noqa: PLC0415

        handler_left.connect(part_from_leaver, dispatch_uid="part_from_leaver")
