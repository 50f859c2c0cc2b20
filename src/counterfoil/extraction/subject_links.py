"""What stands between a subject's head and its verb: "accounts linked to Russia", "the aim was to"."""

from counterfoil.extraction.expressions import Expression

#: Ends before the phrase that hangs on the subject: "a network of accounts run from Minsk".
LINK = Expression(
    r" (?:(?:that |which |who )?(?:are |is |was |were |has been |have been )?(?:also |then |\w{2,12}ly )?"
    r"(?:\w{2,14}(?:ed|ing|wn|en|un|ilt|orn|eld)|run|made|led|known|set up|based|due) )?"
    r"(?:to|by|in|from|on|with|at|for|across|via|through|about|under|behind|inside|near|since|of|during|after|"
    r"before) $"
    r"| (?:that |which |who )?(?:bear(?:ing|s)|carr(?:ying|ies)|featur(?:ing|es)|show(?:ing|s)|depict(?:ing|s)|"
    r"us(?:ing|es)|"
    r"mimick(?:ing|ed)|imitat(?:ing|ed)|impersonat(?:ing|ed)|dubbed|called|named|"
    r"resembl(?:ing|es)(?: that of)?|(?:sound|look)(?:ing|s) like(?: that of)?|(?:identical|similar) to|purportedly "
    r"(?:of|from)|"
    r"(?:claim|purport|pretend)(?:ing|s|ed) to (?:be|come|originate|speak)"
    r"(?: from| for)?|(?:pos(?:ing|ed)|masquerad(?:ing|ed)|present(?:ed|ing)(?: \w{1,12})?|introduced|identified) as) $"
)
#: "the aim was to discredit N"
AIM = Expression(
    r"\b(?<!our )(?:aims?|goals?|purpose|objectives?|intention|intent|task|mission) (?:of [^.,;:]{2,60} )?(?:was|"
    r"were|is|are|being|"
    r"seems|seemed|appears|appeared)(?: to be| to have been)? (?:apparently |clearly |also |\w{2,12}ly )?to "
    r"(?:\w{2,12}ly )?$"
)
