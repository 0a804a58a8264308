import re
from xml.etree import ElementTree

from yanzhen.library.patrons.card_face import barcode_svg, qr_svg

NUMBER = "51200200000017"


def test_the_bars_are_the_modules_of_code_128_between_quiet_zones():
    drawing = ElementTree.fromstring(barcode_svg(NUMBER))
    width = int(drawing.get("viewBox").split()[2])
    bars = [(int(at), int(wide)) for at, wide in re.findall(r"M(\d+) 0h(\d+)", barcode_svg(NUMBER))]
    # Start C, seven pairs of digits, check: nine symbols of 11 modules; stop has 13.
    assert width == 9 * 11 + 13 + 2 * 10
    assert len(bars) == 9 * 3 + 4
    assert bars[0] == (10, 2)
    assert bars[-1][0] + bars[-1][1] == width - 10


def test_the_qr_code_is_a_drawing_for_eyes_and_cameras_only():
    drawing = ElementTree.fromstring(qr_svg(NUMBER))
    assert drawing.get("aria-hidden") == "true"
    assert drawing.get("viewBox") == "0 0 29 29"
    assert qr_svg(NUMBER) != qr_svg("51200200000018")
