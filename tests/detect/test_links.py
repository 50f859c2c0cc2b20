"""Links that lead to the same page, and the domain a host belongs to."""

import pytest

from counterfoil.detect.duck import duck
from counterfoil.detect.links import domains_sql, links_sql

SAME = {
    "bbc.co.uk/News/a?a=1&b=2": [
        "https://www.BBC.co.uk/News/a/?utm_source=x&b=2&a=1&fbclid=3#top",
        "http://m.bbc.co.uk:80/News/a?a=1&b=2",
        "HTTPS://user:pw@bbc.co.uk:443/News/a/amp?b=2&utm_a=1&utm_b=2&a=1",
        "//bbc.co.uk/News/a?&&a=1&b=2&UTM_Campaign=z",
    ],
    "youtube.com/watch?v=aBc": [
        "https://youtu.be/aBc?si=1",
        "https://m.youtube.com/watch?v=aBc&feature=share",
        "https://www.youtube.com/watch?feature=share&v=aBc",
    ],
    "x.com/u/status/1": ["https://mobile.twitter.com/u/status/1?s=20&t=q", "x.com/u/status/1"],
    "t.co/Ab": ["http://t.co/Ab"],  # paths keep their case
    "t.co/ab": ["http://t.co/ab"],
    "m.de": ["http://m.de/"],  # a host of its own, not the mobile form of "de"
    "a.org?q=http://b.org/c?d=1": ["https://a.org/?q=http://b.org/c?d=1"],
    "a.org?utm=1": ["a.org?utm=1"],
    "example.com:8080/x": ["http://example.com:8080/x"],
    "пример.испытание/а": ["http://пример.испытание/а"],
}
DOMAINS = {
    "http://a.b.bbc.co.uk/x": "bbc.co.uk",
    "http://www.city.kawasaki.jp": "city.kawasaki.jp",  # an exception
    "http://x.foo.bar.kawasaki.jp": "foo.bar.kawasaki.jp",  # a wildcard
    "http://one.blogspot.com": "one.blogspot.com",
    "http://two.blogspot.com": "two.blogspot.com",
    "http://1.2.3.4/x": "1.2.3.4",
    "http://news.unheard-of-ending": "news.unheard-of-ending",
    "http://a.xn--p1ai/": "a.xn--p1ai",
    "http://deep.a.рф/": "a.рф",
}


def _of(query: str, column: str, url: str) -> list[str]:
    with duck("500MB", 1) as engine:
        engine.connection.execute(
            "CREATE TEMP TABLE posts AS SELECT 1 AS post, 1 AS account, 1 AS moment, [?] AS urls, "
            "CAST(NULL AS VARCHAR) AS repost_of",
            [url],
        )
        return [row[0] for row in engine.rows(f"SELECT {column} FROM ({query}) AS links")]


@pytest.mark.parametrize(("page", "url"), [(page, url) for page, urls in SAME.items() for url in urls])
def test_links_to_one_page_are_one(page: str, url: str) -> None:
    assert _of(links_sql(), "page", url) == [page]


@pytest.mark.parametrize("url", ["", "http://localhost/x", "https://com", "no link", "#top"])
def test_what_has_no_host_is_no_link(url: str) -> None:
    assert _of(links_sql(), "page", url) == []


@pytest.mark.parametrize("url", DOMAINS)
def test_domains_follow_the_public_suffix_list(url: str) -> None:
    assert _of(domains_sql(), "domain", url) == [DOMAINS[url]]
