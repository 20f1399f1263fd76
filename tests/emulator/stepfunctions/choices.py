"""Choice states that find nothing fail as on AWS.

moto compares a variable that does not exist as if it were some value, so a misspelt path goes
unnoticed, and reports ``States.Runtime`` where AWS reports ``States.NoChoiceMatched``.
"""

from __future__ import annotations

from moto.stepfunctions.parser.asl.component.common.error_name.states_error_name_type import (
    StatesErrorNameType,
)
from moto.stepfunctions.parser.asl.component.state.choice.comparison.comparison_operator_type import (  # noqa: E501
    ComparisonOperatorType,
)
from moto.stepfunctions.parser.asl.component.state.choice.comparison.comparison_variable import (
    ComparisonVariable,
)
from moto.stepfunctions.parser.asl.component.state.choice.comparison.variable import (
    NoSuchVariable,
)
from moto.stepfunctions.parser.asl.component.state.choice.state_choice import StateChoice
from moto.stepfunctions.parser.asl.eval.environment import Environment

from emulator.stepfunctions.failures import execution_failure


def install() -> None:
    """Makes both cases failures."""
    ComparisonVariable._eval_body = _compare  # type: ignore[method-assign]
    moto_choose = StateChoice._eval_state

    def choose(self: StateChoice, env: Environment) -> None:
        try:
            moto_choose(self, env)
        except RuntimeError as error:
            if "No branching option" not in str(error):
                raise
            raise execution_failure(
                env, StatesErrorNameType.StatesNoChoiceMatched, f"no choice matched in {self.name}"
            ) from error

    StateChoice._eval_state = choose  # type: ignore[method-assign]


def _compare(self: ComparisonVariable, env: Environment) -> None:
    self.variable.eval(env)
    value = env.stack[-1]
    if isinstance(value, NoSuchVariable) and not _asks_for_presence(self):
        raise execution_failure(
            env,
            StatesErrorNameType.StatesRuntime,
            f"Invalid path '{value.path}': the choice's variable does not exist",
        )
    self.comparison_function.eval(env)


def _asks_for_presence(comparison: ComparisonVariable) -> bool:
    operator = getattr(comparison.comparison_function, "operator_type", None)
    return operator == ComparisonOperatorType.IsPresent
