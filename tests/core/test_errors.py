from __future__ import annotations

import pytest

from phonoscope.core import errors


@pytest.mark.parametrize(
    ("error", "code", "builtin"),
    [
        (errors.UsageError, 2, Exception),
        (errors.PhotoError, 3, ValueError),
        (errors.ScriptError, 3, ValueError),
        (errors.MediaError, 3, ValueError),
        (errors.OutputError, 4, OSError),
        (errors.MissingPartError, 4, ImportError),
        (errors.StoppedError, 4, Exception),
    ],
)
def test_every_error_has_its_exit_code_and_both_texts(
    error: type[errors.PhonoscopeError], code: int, builtin: type[Exception]
) -> None:
    raised = error("It is broken.", "Mend it.")
    assert isinstance(raised, builtin)
    assert raised.exit_code == code
    assert str(raised) == "It is broken. Mend it."
    assert (raised.message, raised.remedy) == ("It is broken.", "Mend it.")
