import os

import pytest

from yanzhen.config.environment import Environment, read_env_file, secret_in


def test_an_unknown_key_stops_the_start():
    with pytest.raises(SystemExit, match="YANZHEN_PHON"):
        Environment({"YANZHEN_PHON": "1"})


def test_a_number_that_is_none_stops_the_start():
    with pytest.raises(SystemExit, match="PORT"):
        Environment({"PORT": "eight"}).number("PORT")


@pytest.mark.parametrize("value", ["True", "true", "false", "no", "", "2"])
def test_debug_knows_three_values_and_anything_else_stops_the_start(value):
    with pytest.raises(SystemExit, match="DEBUG 只能是 1、0、trace 之一"):
        Environment({"DEBUG": value})


@pytest.mark.parametrize("value", ["0", "1", "trace"])
def test_debug_is_taken_as_it_is(value):
    assert Environment({"DEBUG": value}).text("DEBUG") == value


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


def test_a_data_folder_we_make_is_closed_to_others(tmp_path):
    secret_in(tmp_path / "deep" / "data")
    assert (tmp_path / "deep" / "data").stat().st_mode & 0o077 == 0


def test_two_first_starts_at_once_share_one_secret(tmp_path, monkeypatch):
    real = os.link

    def overtaken(draft, path):
        path.write_text("the other's", "utf-8")
        real(draft, path)

    monkeypatch.setattr("os.link", overtaken)
    assert secret_in(tmp_path) == "the other's"
    assert [file.name for file in tmp_path.iterdir()] == ["secret"]


def test_a_secret_half_written_is_never_read(tmp_path, monkeypatch):
    monkeypatch.setattr("secrets.token_urlsafe", lambda length: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        secret_in(tmp_path)
    assert not (tmp_path / "secret").exists()
