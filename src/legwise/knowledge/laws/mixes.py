"""Laws about mixes of medicines: each can be found by the names that people take."""

from difflib import get_close_matches

from legwise.knowledge.laws.context import Context, file_of

NEAR = 0.88
"""Names as alike as this and not the same are taken for a slip of the pen."""


def mixes_can_be_found(context: Context) -> None:
    """A mix names members of its own class, and other medicines spelt as their files spell them."""
    knowledge = context.knowledge
    groups = {key: group for words in knowledge.medicine_words.values() for key, group in words.groups.items()}
    members = {member.name for medicine in knowledge.medicines.values() for member in medicine.members}
    known = {*knowledge.medicines, *groups, *members, *(name for group in groups.values() for name in group.members)}
    for key, medicine in knowledge.medicines.items():
        own = {member.name for member in medicine.members}
        for position, mix in enumerate(medicine.interactions):
            place = ("interactions", position)
            for name in {*mix.of} - own:
                _breach(context, key, (*place, "of"), name, own)
            for name in {name for names in mix.needs for name in names} - known:
                if get_close_matches(name, known, n=1, cutoff=NEAR):
                    _breach(context, key, (*place, "needs"), name, known)


def _breach(context: Context, key: str, place: tuple[str | int, ...], name: str, known: set[str]) -> None:
    near = get_close_matches(name, known, n=1, cutoff=0.0)
    wanted = "a name as its own file has it"
    context.breach(file_of("medicines", key), place, f"the medicine '{name}'", wanted, f"write '{near[0]}'")
