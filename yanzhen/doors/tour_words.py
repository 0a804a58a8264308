"""How states of orders look, at every door in the same words."""

from yanzhen.culture.tours.models import MenuItem, MenuOrder

State = MenuOrder.State
LOOKS = {  # tone and icon; the word is the state's own
    State.ASKED: ("attention", "clock"),
    State.ASSIGNED: ("note", "truck"),
    State.DONE: ("done", "check"),
    State.DECLINED: ("quiet", "cross"),
    State.CANCELLED: ("quiet", "cross"),
}
ICONS = {
    MenuItem.Kind.SHOW: "star",
    MenuItem.Kind.EXHIBITION: "pin",
    MenuItem.Kind.TEACHER: "person",
    MenuItem.Kind.BOOK_BOX: "books",
    MenuItem.Kind.FILM: "moon",
    MenuItem.Kind.WORKSHOP: "pencil",
}
