"""Doorways of the network, by audience."""
