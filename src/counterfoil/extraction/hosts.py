"""Tell host names from file names, version numbers, abbreviations and missing blanks."""

import re
from functools import lru_cache

from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.public_suffixes import parts

#: Top-level domains that double as file extensions: they need other evidence.
_FILE_ENDINGS = frozenset("md py zip sh pl rs so mov ps cc pub cab dot".split())
#: Of these, the ones that are used by many sites: three labels are evidence enough.
_NATIONAL = frozenset({"md", "pl", "rs", "cc"})
#: Top-level domains that are small words: "ended.in" may be a missing blank.
_SMALL_WORDS = frozenset("in to is it at be so us as am by do me my no or la de es et pm".split())
_CAPITAL_ENDINGS = frozenset("com org net info".split())
_CAPITAL_NAMES = frozenset({"asp.net", "ado.net", "vb.net"})
_ABBREVIATIONS = frozenset(
    "etc eg ie vs mr mrs ms dr st no inc ltd corp co jan feb mar apr jun jul aug sep sept oct nov dec al "
    "ca cf ed eds fig gov sen rep gen approx dept est op pp vol jr sr prof mt ft lt sgt".split()
)
_SHORT_HOSTS = frozenset({"t.me", "t.co", "x.com", "g.co", "m.me", "s.id", "e.vg", "z.cn", "q.com"})
_UNITS = frozenset("am pm mm cm km kg ms gb mb mg ml kb kw la".split())

_SITE_WORD = Expression(
    r"(?:\b(?:web|news)?sites?|\bdomains?|\bportals?|\boutlets?|\bhosts?|\bhosted|\bURLs?|\bhomepage|"
    r"\bvisit|"
    r"\bregistered|сайт\w{0,3}|домен\w{0,3}|портал\w{0,3}|\bstron\w{1,3}|\bsitio|\bsitios|\bWebseiten?)"
    r"(?:[^.\n]|\.(?=\w)){0,40}$",
    re.IGNORECASE,
)
_PROSE_GOES_ON = Expression(r" (?!(?:and|or|which|that|was|were|had|has|with|und|et|y|и)\b)[a-z]")
_IN_A_PATH = Expression(r"(?:[.:/~][^\s/]{0,60}/|[~./:]/|[\\$])$")


#: Names kept for documents and tests (RFC 2606): hosts only where the writing says so.
_RESERVED = frozenset({"example", "test", "invalid"})
#: Endings that are in use though no registry of the public suffix list has them.
_OUTSIDE_THE_LIST = _RESERVED | {"onion", "i2p"}


@lru_cache(maxsize=4096)
def is_public(host: str) -> bool:
    """Whether the host (lower case) is a name below a public suffix, with well-formed labels."""
    labels = host.split(".")
    if len(labels) < 2 or not all(map(_well_formed, labels)) or labels[-1].isdigit():
        return False
    split = parts(host)
    if labels[-1] in _OUTSIDE_THE_LIST:
        return True
    return bool(split.suffix and split.domain) and "_" not in split.domain


def is_written_bare(written: str, before: str, after: str) -> bool:
    """Whether a name without scheme or defanging is meant as a host.

    `written` is public once in lower case (`is_public`); `before` and `after` are the text around it.
    """
    host = written.lower()
    labels = host.split(".")
    split = parts(host)
    ending = labels[-1]
    if host in _SHORT_HOSTS or labels[0] == "www":
        return True
    if ending in _RESERVED:
        return False
    if after[:1] in ("(", "\\") or _IN_A_PATH.search(before):
        return False
    if not _consistent_case(written, ending) or len(split.domain) == 1 or split.domain in _ABBREVIATIONS:
        return False
    if split.domain.isdigit() and ending in _UNITS | _SMALL_WORDS:
        return False
    site_word = bool(_SITE_WORD.search(before))
    has_path = re.match(r"/[\w\-]", after) is not None
    if split.suffix in _FILE_ENDINGS:
        national = ending in _NATIONAL and len(labels) > 2
        return site_word or has_path or national
    if split.suffix in _SMALL_WORDS and len(labels) == 2 and not (site_word or has_path):
        plain = split.domain.isalpha()
        return not (plain and (_PROSE_GOES_ON.match(after) or written != host))
    return True


def decoded(host: str) -> str:
    """A host with its punycode labels in their own letters: "xn--e1afmkfd.xn--p1ai" is "пример.рф"."""
    return ".".join(map(_decoded, host.split(".")))


def _decoded(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except UnicodeError:
        return label


def _well_formed(label: str) -> bool:
    if not label or label[0] == "-" or label[-1] == "-":
        return False
    if label.isascii():
        return label.replace("-", "").replace("_", "").isalnum()
    # Letters of Indic scripts carry marks that are not letters themselves: only signs are refused.
    return all(c.isalnum() or c in "-_" or c.isidentifier() or ("a" + c).isidentifier() for c in label)


def _consistent_case(written: str, ending: str) -> bool:
    if written.endswith(ending):
        return True
    host = written.lower()
    return written.isupper() and ending in _CAPITAL_ENDINGS and host not in _CAPITAL_NAMES
