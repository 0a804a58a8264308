"""What happened to stock that moves in numbers. Bodies are JSON values."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ManifestHandedOver:
    manifest_id: int
    from_node: str
    to_node: str
    sent: int


@dataclass(frozen=True)
class ManifestClosed:
    """`sent` = `come` + `disputed`; `surplus` came without being on the list."""

    manifest_id: int
    from_node: str
    to_node: str
    sent: int
    come: int
    disputed: int
    surplus: int
