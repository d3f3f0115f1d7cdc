"""Deployments listen to what happens to their handlers."""

from django.apps import AppConfig


class DeploymentsConfig(AppConfig):
    name = "deployments"

    def ready(self) -> None:
        from deployments.actions.deployments import refuse_while_on_scene  # noqa: PLC0415  (models are ready only now)
        from network.signals import handler_left  # noqa: PLC0415

        handler_left.connect(refuse_while_on_scene, dispatch_uid="refuse_while_on_scene")
