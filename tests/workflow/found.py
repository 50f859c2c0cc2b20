"""A finding made by hand: four invented accounts of the harbour, tied by three signals."""

from dataclasses import replace

from counterfoil.model.finding import Finding, Member, Sample, Support

DATA = "ab" * 32
PAGE = "https://ferry-news.example/a{}"


def finding(data_sha256: str = DATA, accounts: int = 4) -> Finding:
    """Links within a minute (tested), one text (tested), one description (not tested)."""
    members = tuple(
        Member(
            str(900 + one), "X", f"harbour_{one}", f"Harbour {one}", 20 + one, 5, accounts - 1, 0.9 if not one else 0.4
        )
        for one in range(accounts)
    )
    linked = [
        Sample(
            key=f"p{page}{one}",
            account=str(900 + one),
            moment=f"2031-05-0{page + 1}T10:00:{7 * one:02d}.000000Z",
            text=f"The port fee is fake news from bots, part {page}!\n\nRead {PAGE.format(page)} #harbour @mayor",
            shared=PAGE.format(page).removeprefix("https://"),
            signal="co_link",
            platform="X",
        )
        for page in range(2)
        for one in range(accounts)
    ]
    words = "Same words about the harbour for all of us"
    said = [
        Sample(f"q{one}", str(900 + one), f"2031-05-05T11:00:{one:02d}Z", words, words.lower(), "same_text", "X")
        for one in range(accounts)
    ]
    silent = Sample("r1", "900", "2031-05-06T11:00:00Z", "\u200b\x00 ", "sea captain", "copied_bio", "X")
    return Finding(
        data=("posts.csv",),
        data_sha256=data_sha256,
        members=members,
        supports=(
            Support(
                "co_link", "post a link to the same page", ("T0049", "T0118", "T0119"), 60_000_000, 6, 2, 8, 1.2, 1e-9,
                "News that many read is linked by many.", 12,
            ),
            Support(
                "same_text", "post the same text", ("T0084.001", "T0084.002", "T0049"), 60_000_000, 6, 1, 4, 0.01, 3e-4
            ),
            Support("copied_bio", "have the same description", ("T0144.002", "T0143.002"), 0, 1, 1, 2),
        ),
        samples=(*linked, *said, silent),
        first="2031-05-01T10:00:00Z",
        last="2031-05-06T11:00:00Z",
        null="Chance means: the same posts at times of their own.",
        rate=0.05,
        explanations=("Fans: do they say so?", "Newsrooms: who publishes?"),
        cautions=("2 rows were set aside.",),
        pairs=((0, 1, 3), (0, 2, 2), (1, 2, 1)),
    )  # fmt: skip


def without_handles(one: Finding) -> Finding:
    """The same where the data has only numbers for accounts."""
    return replace(one, members=tuple(replace(member, handle="", name="") for member in one.members))
