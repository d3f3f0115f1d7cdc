"""Names of things inside sentences."""


def inside(name: str) -> str:
    """'Vet check' inside a sentence; a name like 'Mental Health First Aider certificate' or 'MHFA' stays as it is."""
    is_name = name[1:2].isupper() or name.partition(" ")[2][:1].isupper()
    return name if is_name else name[:1].lower() + name[1:]
