"""The only writers of this app, by what is done: keeping the library, reading it, and its first resources."""
