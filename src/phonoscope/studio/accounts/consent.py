"""The statement that a user may use the faces and voices that they bring."""

from __future__ import annotations

from sqlalchemy.orm import Session

from phonoscope.studio.accounts.tables import Account
from phonoscope.studio.database.base import now
from phonoscope.studio.problems import Problem
from phonoscope.studio.projects.tables import Project

STATEMENT = (
    "I may use the faces and voices that I bring: they are my own, or their owners have agreed, or the law allows it. "
    "I will not deceive anybody with the videos."
)
"""What somebody agrees to who gives consent without the page."""


def give_consent(account: Account, statement: str, language: str) -> None:
    """Keep what a user states, in the transaction that lent the account."""
    account.consent, account.consent_language, account.consent_given_at = statement, language, now()


def require_consent(session: Session, account: Account, project: Project | None = None) -> None:
    """Copy the statement of a user to their project, in the transaction that lent both.

    Raises
    ------
    Problem
        403: they have made none.
    """
    given = session.get(Account, account.id)
    if given is None or given.consent is None:
        raise Problem(
            403,
            "consent-needed",
            "You have not stated yet that you may use the faces and voices that you bring.",
            "Do so in the page, or by PUT /api/v1/consent.",
        )
    if project is not None and project.consent != given.consent:
        project.consent, project.consent_given_at = given.consent, given.consent_given_at
