from yanzhen.network.provinces import province_of


def test_the_first_two_digits_name_the_province():
    assert province_of("512002100") == "四川省"
    assert province_of("540102") == "西藏自治区"
    assert province_of("") == ""
    assert province_of("99") == ""
