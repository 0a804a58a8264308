from yanzhen.groundwork.refusals import Refused


def test_a_refusal_in_full_says_what_happened_and_what_to_do_now():
    refused = Refused("too-many", "已经借满了。", "先还一本，就可以再借一本。")
    assert refused.in_full == "已经借满了。先还一本，就可以再借一本。"


def test_a_refusal_without_a_remedy_is_its_message_alone():
    assert Refused("gone", "这条书目已经删除了。").in_full == "这条书目已经删除了。"
