"""Forms of mutual aid, by audience."""
