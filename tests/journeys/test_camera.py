"""Counting with a phone's camera; the browser of the journeys has no eye and no barcode reader, so
a drawn picture and a reader of this file stand in for those two alone."""

from playwright.sync_api import Page, expect

from tests.journeys.desk import answer
from tests.journeys.running import Site

EYE = """
window.BarcodeDetector = class {
  static async getSupportedFormats() { return ["code_128", "aztec"]; }
  async detect(source) {
    return source.videoWidth && window.shown ? [{ rawValue: window.shown }] : [];
  }
};
const canvas = document.createElement("canvas");
canvas.width = canvas.height = 64;
setInterval(() => canvas.getContext("2d").fillRect(0, 0, 64 * Math.random(), 64), 50);
const getUserMedia = async () => {
  if (window.shut) throw new Error("shut");
  return canvas.captureStream(20);
};
Object.defineProperty(navigator, "mediaDevices", { value: { getUserMedia } });
"""
BUTTON = "用手机相机扫"


def open_count(page: Page, site: Site) -> str:
    """The running count of the demo county, and a barcode it has not seen."""
    rows = site.rows(
        """SELECT c.id, k.barcode FROM stocktaking_count c
        JOIN holdings_copy k ON k.home_node_id = c.node_id AND k.state = 'available'
        AND k.current_node_id = c.node_id AND k.call_number LIKE 'I%'
        WHERE c.closed_at IS NULL AND NOT EXISTS (SELECT 1 FROM stocktaking_countline l
        WHERE l.count_id = c.id AND l.copy_id = k.id) LIMIT 1"""
    )
    count, barcode = rows[0]
    page.goto(f"/desk/zhonghe/counts/{count}/")
    return barcode


def test_a_camera_scans_what_it_sees_once(page_as, site):
    page = page_as("zhonghe", width=360)
    page.add_init_script(EYE)
    barcode = open_count(page, site)
    page.get_by_role("button", name=BUTTON).click()
    expect(page.locator("video")).to_be_visible()
    told = answer(page, lambda: page.evaluate("code => { window.shown = code }", barcode))
    assert "在架" in told or "顺序不对" in told
    expect(page.locator("tr", has_text=barcode)).to_have_count(1)
    page.get_by_role("button", name=BUTTON).click()
    expect(page.locator("video")).to_be_hidden()


def test_a_camera_that_stays_shut_is_told(page_as, site):
    page = page_as("zhonghe")
    page.add_init_script(EYE + "window.shut = true;")
    open_count(page, site)
    page.get_by_role("button", name=BUTTON).click()
    expect(page.get_by_text("相机打不开")).to_be_visible()


def test_without_a_reader_of_barcodes_there_is_the_plain_field(page_as, site):
    page = page_as("zhonghe")
    page.add_init_script("delete window.BarcodeDetector")
    open_count(page, site)
    expect(page.get_by_label("扫架上的书")).to_be_focused()
    expect(page.get_by_role("button", name=BUTTON)).to_be_hidden()
