import pytest

from yanzhen.config.environment import Environment, read_env_file, secret_in


def test_an_unknown_key_stops_the_start():
    with pytest.raises(SystemExit, match="YANZHEN_PHON"):
        Environment({"YANZHEN_PHON": "1"})


def test_a_number_that_is_none_stops_the_start():
    with pytest.raises(SystemExit, match="PORT"):
        Environment({"PORT": "eight"}).number("PORT")


def test_what_is_not_given_has_its_default():
    known = Environment({"ALLOWED_HOSTS": " a.cn , b.cn "})
    assert known.number("PORT") == 8000
    assert known.words("ALLOWED_HOSTS") == ["a.cn", "b.cn"]
    assert Environment({"YANZHEN_WORKERS": "3"}).number("YANZHEN_WORKERS") == 3


def test_the_env_file_is_read_line_by_line(tmp_path):
    path = tmp_path / ".env"
    path.write_text("# 注释\n\nPORT=9000\nSECRET_KEY='a=b'\n", "utf-8")
    assert read_env_file(path) == {"PORT": "9000", "SECRET_KEY": "a=b"}
    assert read_env_file(tmp_path / "none") == {}


def test_the_secret_is_made_once_and_for_the_owner_only(tmp_path):
    made = secret_in(tmp_path / "data")
    assert made == secret_in(tmp_path / "data")
    assert len(made) > 40
    assert (tmp_path / "data" / "secret").stat().st_mode & 0o077 == 0
