"""Public suffixes are told as the tldextract package tells them, whose list is read."""

import pytest

from counterfoil.extraction.public_suffixes import parts

HOSTS = (
    "example.com",
    "news.example.co.uk",
    "co.uk",
    "com",
    "a.b.kawasaki.jp",
    "city.kawasaki.jp",
    "x.city.kawasaki.jp",
    "b.kawasaki.jp",
    "www.ck",
    "www.www.ck",
    "shop.example.ck",
    "project.github.io",
    "xn--e1afmkfd.xn--p1ai",
    "пример.рф",
    "x.xn--zz--zz",
    "nothing.here",
    "localhost",
    "pvt.k12.ma.us",
    "school.pvt.k12.ma.us",
)


@pytest.mark.parametrize("host", HOSTS)
def test_a_host_is_split_as_the_package_splits_it(host: str) -> None:
    from tldextract import TLDExtract

    split = TLDExtract(suffix_list_urls=(), cache_dir=None)(host)
    assert (parts(host).domain, parts(host).suffix) == (split.domain, split.suffix)
