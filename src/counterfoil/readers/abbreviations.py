"""Words before a full stop that do, or may, not end a sentence. Lower case, without the last stop."""

#: Never at a sentence's end: a name, a number or a further word follows.
NEVER_LAST = frozenset(
    # titles and offices
    "mr mrs ms mx dr prof rep reps sen sens gov gen col lt sgt cpl capt cmdr adm maj brig pres amb hon rev fr "
    "st ste mt ft supt det insp pvt sec atty asst messrs mme mlle ing dipl univ-prof hr fr sr sra srta dª "
    # references and glosses
    "vs v viz cf e.g i.e eg ie a.k.a aka f.k.a n.b fig figs eq art arts para paras p pp vol vols ed eds chap "
    "sect tab app ref refs ca circa approx no nos nr núm "
    # German, French, Spanish, Italian, Portuguese, Dutch
    "z.b u.a d.h bzw vgl sog ggf evtl inkl zzgl z.t s.o s.u o.ä abs nr p.ex p.ej c-à-d art pág págs bijv "
    "m.a.w d.w.z o.a "
    # Russian, Ukrainian, Polish, Czech
    "т.е т.к т.н т.д г ул им стр см рис тыс млн млрд напр ср акад проф ген np tzw m.in tj tzv např ul "
    # Turkish
    "vb bkz örn".split()
)

#: May stand at a sentence's end: they do where the next word is one that begins sentences.
SOMETIMES_LAST = frozenset(
    "inc ltd llc plc co corp bros jr esq assn assoc dept dist div univ inst intl natl ave blvd rd "
    "est etc al ibid op cit gmbh s.a s.l a.s a.m p.m am pm ph.d b.a m.a u.s u.k u.n e.u u.s.a d.c l.a n.y "
    "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun "
    "usw usf ff др пр гг т.п itd itp atd apod".split()
)

#: Words that begin sentences and, capitalised, seldom go on in one.
STARTERS = frozenset(
    "the this that these those there they their then a an it its he she his her we our you i in on at by for "
    "from with without after before during since until while when where what who why how which although though "
    "because if unless as but and or so yet however moreover meanwhile instead still also additionally "
    "furthermore finally nevertheless according some many most several both each all no not one two three "
    "such other another under over between among despite following given once only even here now today".split()
)

#: Languages that write ordinal numbers with a full stop ("3. Oktober").
ORDINAL_LANGUAGES = frozenset("de da nb no nn fi cs sk pl hu hr sl sr bs et lv tr is fo lb".split())
