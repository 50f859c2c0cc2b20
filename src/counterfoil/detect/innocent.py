"""What else can explain accounts that act together, to be checked before anyone is accused.

Coordination is not inauthenticity: fans, newsrooms, unions, churches and sports clubs coordinate, and may. A figure
says that chance and shared interests alone would hardly do it; it does not say who did, why, or whether it was wrong.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Explanation:
    """An innocent explanation.

    Args:
        name: in a word or two.
        words: what it would be.
        check: how to tell, with what is at hand.
        traces: names of the traces that it can explain; none: all.
    """

    name: str
    words: str
    check: str
    traces: frozenset[str] = frozenset()


EXPLANATIONS = (
    Explanation(
        "fans and supporters",
        "People who follow the same person, club or party post what it posts, as soon as it posts it.",
        "Do the accounts share one source, and little else? Do they say whose supporters they are?",
    ),
    Explanation(
        "one event that all watched",
        "A match, a debate, an earthquake or a broadcast makes strangers say the same thing in the same minute.",
        "Do the times of the posts fall on a few known events, and are thousands of others there as well?",
    ),
    Explanation(
        "an open call",
        "A campaign, union, charity or petition asked its members in public to post a text at an hour.",
        "Search for the text together with words such as share, copy or storm; look for the page that asked.",
        frozenset({"same_text", "near_text", "co_tweet", "hashtag_sequence", "co_link", "co_repost"}),
    ),
    Explanation(
        "newsrooms and their branches",
        "Regional editions, affiliates and agencies' customers publish the same story when it is released.",
        "Do profiles and domains name a publisher? Is the embargo or the agency given in the text?",
        frozenset({"same_text", "near_text", "co_tweet", "co_link", "co_domain", "co_media", "cross_platform"}),
    ),
    Explanation(
        "share buttons and tools",
        "A button on a page, a scheduling tool or a feed posts ready-made words, often at the full minute.",
        "Are the words the title of the page, or the times at :00? Do unrelated accounts post so, too?",
        frozenset({"same_text", "near_text", "co_tweet", "co_link", "co_domain"}),
    ),
    Explanation(
        "declared bots and mirrors",
        "Weather, earthquake, price and news robots, and mirrors of an account on another platform, say what they are.",
        "Read name and profile for bot, feed, mirror, unofficial; look for round-the-clock activity that nobody hides.",
    ),
    Explanation(
        "one person's accounts",
        "A person or firm may keep a private, a professional and a project account and post to all of them.",
        "Do the profiles point to each other? Two or three accounts that say so are no network.",
    ),
    Explanation(
        "stock phrases",
        "Greetings, prayers, song lines, jokes and memes are the same words everywhere.",
        "Is the text short or well known? Search for it outside the data set.",
        frozenset({"same_text", "near_text", "co_tweet", "hashtag_sequence", "bio_template", "copied_bio"}),
    ),
    Explanation(
        "the way the data was collected",
        "A search for one hashtag makes all that it finds look alike; rounded times make posts meet.",
        "How were the posts chosen? Do many times end in :00, or are whole hours missing?",
    ),
    Explanation(
        "classes and workplaces",
        "Pupils with an exercise, staff asked to share the firm's news, volunteers at one table.",
        "Same school, employer or place in the profiles? Activity in lessons or office hours, for a few days only?",
    ),
)

#: said with every finding
CAUTION = (
    "Acting together is not the same as being inauthentic, and a small chance of coincidence is not a proof of intent. "
    "The figure compares with accounts that are as active and share the same things, but at times of their own."
)


def explanations(traces: Iterable[str] = ()) -> tuple[Explanation, ...]:
    """The explanations to check for accounts that were found by these traces; all of them, if no trace is named."""
    named = frozenset(traces)
    return tuple(one for one in EXPLANATIONS if not one.traces or not named or one.traces & named)
