"""What the county wrote inside an English sentence is marked as Chinese."""

from django.utils import translation

from yanzhen.doors.templatetags.doors import own_words


def test_chinese_inside_english_is_marked_and_everything_escaped():
    with translation.override("en"):
        said = own_words("Renewals: 2 <b>. From “Default rule”, 演示：默认规则")
    assert said == (
        'Renewals: 2 &lt;b&gt;. From “Default rule”, <span lang="zh-Hans">演示：默认规则</span>'
    )


def test_a_chinese_sentence_stays_as_it_is():
    assert own_words("续借次数：2") == "续借次数：2"
