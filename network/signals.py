"""What apps above this one need to know at once, in the same transaction."""

from django.dispatch import Signal

# A handler has left the scheme for good. Sent with `handler`, `by` and `now`, by the action's own transaction.
handler_left = Signal()
