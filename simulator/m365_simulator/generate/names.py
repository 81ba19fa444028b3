"""Names of people who do not exist, and how their addresses begin."""

from m365_simulator.generate.dice import Dice
from m365_simulator.generate.words import WORDS


def japanese(dice: Dice) -> tuple[str, str]:
    """A name, family name first, and the family name in Latin letters."""
    family, latin = dice.pick(WORDS["family"]).split()
    return f"{family} {dice.pick(WORDS['given'])}", latin


def western(dice: Dice) -> tuple[str, str]:
    """A name, given name first, and the family name in small letters."""
    family = dice.pick(WORDS["western_family"])
    return f"{dice.pick(WORDS['western_given'])} {family}", family.lower()
