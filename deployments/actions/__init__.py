"""The only writers of mutual aid, by noun."""
