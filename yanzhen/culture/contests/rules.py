"""What must hold of a contest; each function is one sentence."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence

from django.utils.translation import gettext as _

from yanzhen.culture.contests.models import Round, RubricLine
from yanzhen.groundwork.refusals import Refused

LONGEST_REASON = 200


def a_contest_is_opened_once_a_year(name: str, there: bool, has_clusters: bool) -> Refused | None:
    if 0 < len(name.strip()) <= 80 and not there and has_clusters:
        return None
    return Refused(
        "contest-not-opened",
        _("没有写竞演的名称、没有片区，或者这一年已经有同名的竞演。"),
        _("请写一个新的名称，最多 80 个字；片区由总馆先设好。"),
    )


def a_change_says_why(reason: str) -> Refused | None:
    if 0 < len(reason.strip()) <= LONGEST_REASON:
        return None
    return Refused(
        "contest-without-reason",
        _("没有写原因，或者写得太长。"),
        _("请写一句原因，最多 200 个字，大家都看得到。"),
    )


def a_round_is_prepared_before_its_programme_is_public(state: str) -> Refused | None:
    if state == Round.State.DRAFT:
        return None
    return Refused(
        "programme-is-public",
        _("节目单已经公布，不能再改节目。"),
        _("出场顺序还可以调整，请写上原因。"),
    )


def the_order_stands_once_scoring_begins(state: str) -> Refused | None:
    if state in (Round.State.DRAFT, Round.State.OPEN):
        return None
    return Refused(
        "scoring-has-begun", _("已经开始评分，出场顺序定下来了。"), _("请按现在的顺序进行。")
    )


def a_team_enters_its_own_heat(in_cluster: bool, town: str) -> Refused | None:
    if in_cluster:
        return None
    return Refused(
        "team-of-another-cluster",
        _("%(town)s不在这个片区里。") % {"town": town},
        _("请到它所在片区的初赛里报名；决赛由各片区晋级。"),
    )


def a_team_enters_a_round_once(entered: bool) -> Refused | None:
    if not entered:
        return None
    return Refused("team-entered-already", _("这支队伍已经报过节目。"), _("不用再报一次。"))


def an_entry_has_a_name_and_a_length(name: str, minutes: int, change_over: int) -> Refused | None:
    if 0 < len(name.strip()) <= 60 and 1 <= minutes <= 30 and 0 <= change_over <= 15:
        return None
    return Refused(
        "entry-incomplete",
        _("节目没有写全。"),
        _("请写节目名；演出 1 到 30 分钟，换场不超过 15 分钟。"),
    )


def nobody_judges_their_own_town(
    town_id: int | None, towns: Collection[int], name: str
) -> Refused | None:
    if town_id is None or town_id not in towns:
        return None
    return Refused(
        "judge-of-own-town",
        _("%(name)s本镇有队伍参加这一轮，要回避。") % {"name": name},
        _("请另请一位外镇的评委。"),
    )


def a_judge_has_a_name(name: str, named: Collection[str]) -> Refused | None:
    if 0 < len(name.strip()) <= 40 and name.strip() not in named:
        return None
    return Refused(
        "judge-without-name", _("没有写评委姓名，或者已经有这位评委。"), _("请写清楚姓名。")
    )


def the_weights_of_a_rubric_make_a_hundred(lines: Sequence[tuple[str, int, int]]) -> Refused | None:
    """`lines` are (criterion, most points, weight)."""
    whole = all(0 < len(name) <= 40 and 1 <= most <= 100 for name, most, _weight in lines)
    weights = [weight for _name, _most, weight in lines]
    if lines and whole and min(weights) >= 1 and sum(weights) == 100:
        return None
    return Refused(
        "rubric-incomplete",
        _("评分标准没有写全，或者权重加起来不是 100。"),
        _("每一项请写名称、满分（1 到 100）和权重，权重合计 100。"),
    )


def a_programme_needs_entries_judges_and_a_rubric(
    entries: int, judges: int, has_rubric: bool
) -> Refused | None:
    if entries and judges and has_rubric:
        return None
    return Refused(
        "programme-incomplete", _("还不能公布：要有节目、评委和评分标准。"), _("缺哪一样请先补上。")
    )


def sheets_are_taken_between_programme_and_result(state: str, changes_one: bool) -> Refused | None:
    """After the result only a change of a sheet is taken; it makes a new result."""
    open_now = (Round.State.OPEN, Round.State.JUDGING)
    if state in open_now or (state == Round.State.PUBLISHED and changes_one):
        return None
    return Refused(
        "no-scoring-now", _("这一轮现在不收评分表。"), _("节目单公布后开始收，成绩公布后只能更正。")
    )


def a_judge_scores_with_own_hand(is_own: bool) -> Refused | None:
    if is_own:
        return None
    return Refused(
        "not-this-judge",
        _("这张评分表不是您的。"),
        _("请用您自己的帐号；交纸质表的请交给工作人员录入。"),
        status=403,
    )


def a_withdrawn_judge_gives_no_score(withdrawn: bool) -> Refused | None:
    if not withdrawn:
        return None
    return Refused("judge-withdrawn", _("这位评委已经退出这一轮。"), _("分数不再计入。"))


def a_sheet_gives_points_for_every_criterion(
    tenths: Mapping[int, int], lines: Collection[RubricLine]
) -> Refused | None:
    fits = set(tenths) == {line.pk for line in lines} and all(
        0 <= tenths[line.pk] <= 10 * line.most for line in lines
    )
    if fits:
        return None
    return Refused(
        "sheet-incomplete",
        _("评分表没有填全，或者有一项超出满分。"),
        _("每一项都请打分，从 0 到满分，最多一位小数。"),
    )


def votes_are_given_while_the_vote_is_open(is_open: bool) -> Refused | None:
    if is_open:
        return None
    return Refused("vote-closed", _("现在不是投票时间。"), _("投票时间写在这一页上。"))


def only_a_card_holder_votes(has_card: bool) -> Refused | None:
    if has_card:
        return None
    return Refused(
        "voter-without-card", _("投票要有一张有效的读者证。"), _("凭身份证到任何一个分馆免费办理。")
    )


def one_vote_a_person_and_round(has_voted: bool) -> Refused | None:
    if not has_voted:
        return None
    return Refused("voted-already", _("您在这一轮已经投过票。"), _("每人每轮一票，投了就不能改。"))


def paper_votes_are_counted_by_two(first: str, second: str) -> Refused | None:
    if first.strip() and second.strip() and first.strip() != second.strip():
        return None
    return Refused(
        "paper-votes-by-one", _("纸质票要两个人点数。"), _("请写两个人的姓名，不能是同一个人。")
    )


def a_vote_closes_after_it_opens(
    opens: dt.datetime | None, closes: dt.datetime | None
) -> Refused | None:
    if (opens is None and closes is None) or (opens and closes and opens < closes):
        return None
    return Refused(
        "vote-times", _("投票的开始和截止时间不对。"), _("请把两个时间都写上，截止在开始之后。")
    )


def the_public_vote_weighs_at_most_a_fifth(weight: int) -> Refused | None:
    if 0 <= weight <= 20:
        return None
    return Refused("vote-weight", _("群众投票最多占两成。"), _("请填 0 到 20。"))


def a_result_is_published_when_every_sheet_is_in(missing: int) -> Refused | None:
    if not missing:
        return None
    return Refused(
        "sheets-missing",
        _("还差 %(n)d 张评分表。") % {"n": missing},
        _("每位评委给每个节目都打了分才能公布；不能来的评委请登记退出。"),
    )


def a_result_is_published_after_the_vote(vote_over: bool) -> Refused | None:
    if vote_over:
        return None
    return Refused("vote-still-open", _("投票还没有截止。"), _("截止以后再公布成绩。"))


def equals_are_parted_by_lot(undecided: Collection[str]) -> Refused | None:
    if not undecided:
        return None
    return Refused(
        "lots-needed",
        _("%(teams)s总分、艺术表现分、满分次数都一样。") % {"teams": "、".join(undecided)},
        _("请当众抽签，抽签号写下来，再公布成绩。"),
    )


def a_draw_has_a_published_seed(seed: str) -> Refused | None:
    if 0 < len(seed.strip()) <= 60:
        return None
    return Refused(
        "draw-without-seed",
        _("没有写抽签号。"),
        _("请当众定一个号，比如当天的日期加三位数，最多 60 个字。"),
    )


def teams_go_on_after_the_result(is_published: bool, final_is_draft: bool) -> Refused | None:
    if is_published and final_is_draft:
        return None
    return Refused(
        "not-time-to-advance",
        _("现在还不能送进决赛。"),
        _("初赛成绩公布以后、决赛节目单公布以前可以送。"),
    )
