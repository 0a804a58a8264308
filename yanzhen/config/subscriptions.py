"""Every fact and who hears it. Nothing else in the project calls upwards."""

from yanzhen.culture.activities.facts import SessionCancelled, SessionMoved
from yanzhen.culture.booking.cancelling import end_with_the_session
from yanzhen.culture.booking.facts import ListDrawn, PlaceOffered, WaitingClosed
from yanzhen.culture.booking.following import follow_the_session
from yanzhen.culture.telling.raising import (
    tell_of_cancellation,
    tell_of_closing,
    tell_of_draw,
    tell_of_move,
    tell_of_offer,
)
from yanzhen.groundwork.outbox import Subscriptions
from yanzhen.library.catalogue.facts import (
    RecordDeleted,
    RecordsAdded,
    RecordSaved,
    RecordsReplaced,
)
from yanzhen.library.circulation.facts import CopyLost, LoanMade, LoanReturned, LoanUndone
from yanzhen.library.circulation.forgetting import forget_leaver
from yanzhen.library.discovery.marking import mark_added, mark_bib
from yanzhen.library.holdings.facts import (
    CopyAdded,
    CopyFlagged,
    CopyMoved,
    CopyTransferred,
    TransitBegan,
    TransitEnded,
)
from yanzhen.library.holds.facts import HeldCopyReshelved, HoldReady
from yanzhen.library.merging.facts import MergeUndone, TitlesMerged
from yanzhen.library.patrons.facts import CardCancelled
from yanzhen.library.stocktaking.facts import CopyMissed, MissingCopySeen
from yanzhen.library.withdrawal.facts import (
    CopyRestored,
    CopyWithdrawn,
    WithdrawalProposed,
    WithdrawalRefused,
)

SUBSCRIPTIONS: Subscriptions = {
    RecordSaved: [mark_bib],
    RecordDeleted: [mark_bib],
    RecordsAdded: [mark_added],
    RecordsReplaced: [mark_bib],
    TitlesMerged: [mark_bib],
    MergeUndone: [mark_bib],
    CopyAdded: [mark_bib],
    CopyFlagged: [mark_bib],
    CopyTransferred: [mark_bib],
    CopyMoved: [mark_bib],
    LoanMade: [mark_bib],
    LoanReturned: [mark_bib],
    LoanUndone: [mark_bib],
    CopyLost: [mark_bib],
    CardCancelled: [forget_leaver],
    CopyMissed: [mark_bib],
    MissingCopySeen: [mark_bib],
    WithdrawalProposed: [mark_bib],
    WithdrawalRefused: [mark_bib],
    CopyWithdrawn: [mark_bib],
    CopyRestored: [mark_bib],
    TransitBegan: [mark_bib],
    TransitEnded: [mark_bib],
    HoldReady: [mark_bib],
    SessionMoved: [follow_the_session, tell_of_move],
    SessionCancelled: [end_with_the_session, tell_of_cancellation],
    PlaceOffered: [tell_of_offer],
    ListDrawn: [tell_of_draw],
    WaitingClosed: [tell_of_closing],
    HeldCopyReshelved: [mark_bib],
}
