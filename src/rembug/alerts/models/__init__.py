"""Tables of the app."""

from rembug.alerts.models.alert import Alert, Approval, Feed, Setup
from rembug.alerts.models.reach import Delivery, Follower

__all__ = ["Alert", "Approval", "Delivery", "Feed", "Follower", "Setup"]
