"""What the desk lets one hear; the notes are heard where they are made."""

from tests.journeys.desk import READER, open_desk, scan, standing_at

EAR = """window.heard = [];
const start = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (at) {
  window.heard.push(this.frequency.value);
  return start.call(this, at);
};"""


def heard(page) -> list[float]:
    return page.evaluate("window.heard.splice(0)")


def test_success_and_refusal_sound_unlike_and_the_button_silences(page_as, site):
    ((barcode, _title, _bib),) = standing_at(site, "zhonghe")
    page = page_as("zhonghe")
    page.add_init_script(EAR)
    open_desk(page, "zhonghe")
    scan(page, READER)
    heard(page)
    assert "已借出" in scan(page, barcode)
    lent = heard(page)
    assert "没有找到读者证" in scan(page, "51200299999999")
    refused = heard(page)
    assert lent
    assert refused
    assert max(refused) < min(lent)

    button = page.get_by_role("button", name="提示音")
    button.click()
    assert button.get_attribute("aria-pressed") == "false"
    scan(page, "")
    assert heard(page) == []
    page.reload()
    assert button.get_attribute("aria-pressed") == "false"
    button.click()
    assert button.get_attribute("aria-pressed") == "true"
