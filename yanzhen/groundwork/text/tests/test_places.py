import pytest

from yanzhen.groundwork.text import english_place_name, romanise


@pytest.mark.parametrize(
    ("name", "english"),
    [
        ("中和镇", "Zhonghe Town"),
        ("宝莲街道", "Baolian Subdistrict"),
        ("雁中社区居民委员会", "Yanzhong Community"),
        ("高庙村村民委员会", "Gaomiao Village"),
        ("马鞍社区", "Ma'an Community"),
        ("新村", "Xincun Village"),
        ("雁江区", "Yanjiang District"),
        ("资阳市", "Ziyang City"),
        ("吕家镇", "Lüjia Town"),
        ("镇", "Zhen"),
        ("", ""),
    ],
)
def test_english_names(name, english):
    assert english_place_name(name) == english


def test_an_unknown_ending_has_no_kind():
    assert romanise("三贤祠") == ("Sanxianci", "")
