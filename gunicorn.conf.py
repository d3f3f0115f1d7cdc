"""How gunicorn serves the site, wherever it runs; the command line adds the address."""

import gc

# The application is loaded once, before the workers fork: they start at once and share its memory. Nothing that must
# not be shared is open by then: `refuse_strong_role` closes the connection to the database that it asked with.
preload_app = True
workers = 2
timeout = 60
graceful_timeout = 10
accesslog = "-"
control_socket_disable = True


def when_ready(server: object) -> None:
    """Keep the collector away from what is loaded: a page that it writes to is shared no longer."""
    gc.collect()
    gc.freeze()
