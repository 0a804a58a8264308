"""What SRU says of a request it cannot answer: the numbers are those of its own list."""

GENERAL, BUSY, OPERATION, VERSION = 1, 2, 4, 5
VALUE, MANDATORY = 6, 7
SYNTAX, TOO_LONG, CONTEXT_SET, INDEX, RELATION, MODIFIER = 10, 12, 15, 16, 19, 20
INDEX_RELATION, EMPTY, MASKING, STOPWORDS, TERM = 22, 27, 28, 35, 36
BOOLEAN, TOO_MANY_BOOLEANS, PROXIMITY, BOOLEAN_MODIFIER = 37, 38, 39, 46
FEATURE = 48
POSITION, RECORD, SCHEMA, PACKING, SORT = 61, 64, 66, 71, 80

MESSAGES = {
    GENERAL: "General system error",
    BUSY: "System temporarily unavailable",
    OPERATION: "Unsupported operation",
    VERSION: "Unsupported version",
    VALUE: "Unsupported parameter value",
    MANDATORY: "Mandatory parameter not supplied",
    SYNTAX: "Query syntax error",
    TOO_LONG: "Too many characters in query",
    CONTEXT_SET: "Unsupported context set",
    INDEX: "Unsupported index",
    RELATION: "Unsupported relation",
    MODIFIER: "Unsupported relation modifier",
    INDEX_RELATION: "Unsupported combination of relation and index",
    EMPTY: "Empty term unsupported",
    MASKING: "Masking character not supported",
    STOPWORDS: "Term contains only stopwords",
    TERM: "Term in invalid format for index or relation",
    BOOLEAN: "Unsupported boolean operator",
    TOO_MANY_BOOLEANS: "Too many boolean operators in query",
    PROXIMITY: "Proximity not supported",
    BOOLEAN_MODIFIER: "Unsupported boolean modifier",
    FEATURE: "Query feature unsupported",
    POSITION: "First record position out of range",
    RECORD: "Record temporarily unavailable",
    SCHEMA: "Unknown schema for retrieval",
    PACKING: "Unsupported record packing",
    SORT: "Sort not supported",
}


class Diagnosed(Exception):
    """A request that gets a diagnostic; `details` name the part that was not understood."""

    def __init__(self, number: int, details: str = ""):
        super().__init__(f"{number} {MESSAGES[number]}: {details}")
        self.number = number
        self.details = details[:200]

    @property
    def message(self) -> str:
        return MESSAGES[self.number]
