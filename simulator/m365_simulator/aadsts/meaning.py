"""What an AADSTS number says and does.

https://learn.microsoft.com/entra/identity-platform/reference-error-codes gives number and meaning. Which `error`
and `suberror` go with a number is not documented; they are those seen in answers that people have published.
"""

from dataclasses import dataclass

GRAPH_APP = "00000003-0000-0000-c000-000000000000"
APP = "Madoguchi"
# Both were seen with the same number: which one is the switch `interaction_error`.
INTERACTION = "invalid_grant or interaction_required"


@dataclass(frozen=True)
class Meaning:
    """One AADSTS number.

    `error`: OAuth's error at the token endpoint, where the answer has this `status` and `suberror`.
    `text`: with holes in braces.
    `page`: which words the page on Microsoft's side has.
    `returned_as`: OAuth's error when the authorize page sends it back to the application; "" keeps it there.
    `challenge`: the token endpoint adds `claims`, to be sent to the authorize page.
    `ends_with`: what lifts it when `/control/conditions` has put it on a person: a newer "grant", a newer
    "sign-in", the "proof" of a second factor, or nothing ("").
    """

    error: str
    text: str
    status: int = 400
    suberror: str = ""
    page: str = "request"
    returned_as: str = ""
    challenge: bool = False
    ends_with: str = ""
