"""Random histories: a state machine played the same way each time, no old ones remembered."""

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from yanzhen.groundwork.generations import Kept

ENOUGH = 300


def play_until_it_breaks(machine: type[RuleBasedStateMachine], *, steps: int) -> None:
    """For a run that must fail: which history does is a matter of luck, and drawn anew when a
    constant in the code changes; so it stops only at the first, which need not be the smallest."""
    play(machine, examples=ENOUGH, steps=steps, phases=(Phase.generate,))


def play(
    machine: type[RuleBasedStateMachine], *, examples: int, steps: int, phases=tuple(Phase)
) -> None:
    """Play `examples` histories of up to `steps` steps; raises what the first bad one raised.

    Each begins with nothing kept in memory: the one before was wound back, its rows never were.
    """

    def begin() -> RuleBasedStateMachine:
        for kept in Kept.everywhere:
            kept.forget()
        return machine()

    run_state_machine_as_test(
        begin,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            derandomize=True,
            phases=phases,
            suppress_health_check=list(HealthCheck),
        ),
    )
