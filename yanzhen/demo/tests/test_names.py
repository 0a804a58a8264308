from itertools import product

import pytest

from yanzhen.demo.names import GENERATIONS, PUBLIC_NAMES, SURNAMES, name_for

GENDERS = ("female", "male")
SURNAME_LIST = [entry.partition(":")[0] for entry in SURNAMES.split()]


def residents(count: int) -> list[str]:
    """Names of ``count`` residents from babies to great-grandmothers."""
    return [name_for(n, birth_year=1932 + n * 37 % 88, gender=GENDERS[n % 2]) for n in range(count)]


def test_the_same_number_gives_the_same_name():
    assert residents(300) == residents(300)


def test_known_names_do_not_change_between_releases():
    assert name_for(0, birth_year=1948, gender="female") == "董素珍"
    assert name_for(7, birth_year=1948, gender="male") == "谢全田"
    assert name_for(23, birth_year=2015, gender="female") == "黄欣晴"


def test_three_hundred_residents_have_three_hundred_names():
    assert len(set(residents(300))) == 300


@pytest.mark.parametrize("birth_year", [1940, 1970, 1990, 2015])
@pytest.mark.parametrize("gender", GENDERS)
def test_one_generation_alone_has_names_enough(birth_year, gender):
    names = {name_for(n, birth_year=birth_year, gender=gender) for n in range(256)}
    assert len(names) >= 250


def test_a_name_fits_its_generation_and_gender():
    middles, ends = GENERATIONS[1954]["female"]
    for n in range(300):
        surname, middle, end = name_for(n, birth_year=1950, gender="female")
        assert surname in SURNAME_LIST
        assert middle in middles
        assert end in ends
        assert middle != end


def test_about_sixty_surnames_each_once():
    assert len(SURNAME_LIST) == len(set(SURNAME_LIST))
    assert 55 <= len(SURNAME_LIST) <= 70


def test_no_name_of_a_public_figure_in_five_thousand():
    assert not PUBLIC_NAMES & set(residents(5000))


def test_the_list_of_public_names_is_not_idle():
    possible = {
        surname + middle + end
        for surname in SURNAME_LIST
        for pools in GENERATIONS.values()
        for middles, ends in pools.values()
        for middle, end in product(middles, ends)
    }
    assert possible >= PUBLIC_NAMES


def test_an_unknown_gender_is_an_error():
    with pytest.raises(KeyError):
        name_for(1, birth_year=1980, gender="")
