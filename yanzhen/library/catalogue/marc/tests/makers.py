"""Small records to read and to break."""

import io

from yanzhen.library.catalogue.marc.record import Field, Record


def chinese(title: str = "红楼梦", **changed: str) -> Record:
    """A CNMARC record with pinyin in $A, two 905 and an embedded 461."""
    return Record.of(
        "00000nam0 2200000   450 ",
        [
            Field.control("001", changed.get("number", "012026000001")),
            Field.of("010", "  ", ("a", "978-7-02-000220-7"), ("b", "精装"), ("d", "CNY59.70")),
            Field.of("100", "  ", ("a", "20080101d2008    em y0chiy0120    ea")),
            Field.of("101", "0 ", ("a", "chi")),
            Field.of(
                "200", "1 ", ("a", title), ("A", "hong lou meng"), ("e", "校注本"),
                ("i", "上册"), ("f", "(清)曹雪芹著"), ("g", "(清)高鹗续"),
            ),
            Field.of("210", "  ", ("a", "北京"), ("c", "人民文学出版社"), ("d", "2008.7")),
            Field.of("215", "  ", ("a", "1606页"), ("d", "21cm")),
            Field.of("225", "2 ", ("a", "中国古典文学读本丛书")),
            Field.of("330", "  ", ("a", "本书写贾、史、王、薛四大家族的兴衰。")),
            Field.of("461", " 0", ("1", "001012026000000"), ("1", "2001 "), ("a", "四大名著")),
            Field.of("606", "0 ", ("a", "章回小说"), ("y", "中国"), ("z", "清代")),
            Field.of("690", "  ", ("a", "I242.4"), ("v", "5")),
            Field.of("701", " 0", ("a", "曹雪芹"), ("A", "cao xue qin"), ("4", "著")),
            Field.of("702", " 0", ("a", "高鹗"), ("4", "续")),
            Field.of("801", " 0", ("a", "CN"), ("b", "演示"), ("c", "20260101")),
            Field.of(
                "905", "  ", ("a", "5120"), ("b", "YJ1"), ("b", "YJ2"), ("d", "I242.4"), ("e", "12")
            ),
            Field.of("905", "  ", ("a", "5121"), ("b", "YJ3"), ("s", "I242.4/12")),
        ],
    )  # fmt: skip


def english(*more: Field, leader: str = "00000nam  2200000 a 4500") -> Record:
    return Record.of(
        leader,
        [
            Field.control("008", "970701s1945    quc          u000 0 fre u"),
            Field.of("020", "  ", ("a", "0306406152 (pbk.) :"), ("c", "$9.95")),
            Field.of("100", "1 ", ("a", "Goffin, Robert,"), ("d", "1898-")),
            Field.of(
                "245", "10", ("a", "Histoire du jazz :"), ("b", "essai /"), ("c", "par R. Goffin.")
            ),
            Field.of("260", "  ", ("a", "Montréal :"), ("b", "Parizeau,"), ("c", "1945.")),
            Field.of("650", " 6", ("a", "Jazz"), ("x", "Histoire.")),
            *more,
        ],
    )


def iso(record: Record, encoding: str) -> bytes:
    """Bytes of `record` in any encoding, its claims about the encoding left as they are."""
    directory, fields = "", b""
    for line in record.lines:
        body = line[3:].encode(encoding) + b"\x1e"
        directory += f"{line[:3]}{len(body):04}{len(fields):05}"
        fields += body
    base = 24 + len(directory) + 1
    leader = record.leader
    head = f"{base + len(fields) + 1:05}{leader[5:12]}{base:05}{leader[17:]}{directory}"
    return head.encode() + b"\x1e" + fields + b"\x1d"


def file(*pieces: bytes) -> io.BytesIO:
    return io.BytesIO(b"".join(pieces))
