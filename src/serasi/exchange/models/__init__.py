from serasi.exchange.models.delivery import Delivery
from serasi.exchange.models.inquiry import Inquiry
from serasi.exchange.models.key import SigningKey
from serasi.exchange.models.peer import Peer
from serasi.exchange.models.subscription import Subscription

__all__ = ["Delivery", "Inquiry", "Peer", "SigningKey", "Subscription"]
