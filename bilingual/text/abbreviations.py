"""Words of English news that end in a full stop without ending the sentence, by how they behave."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TITLES = _words(
    """
    Adm Adml Amb Asst Atty Brig Capt Cardl Cmdr Col Cols Comdr Cpl Dep Det Dir Dr Drs Ens Fr Gen
    Gens Gov Govs Hon Insp Lt Lts Maj Messrs Mdm Mlle Mme Mr Mrs Ms Msgr Mt Mts Mx Ofc Pfc Pres Prof
    Profs Pvt Rep Reps Rev Revs Sec Sen Sens Sfc Sgt Sgts Spc Ssgt Sr Sra Srta Ste Supt Ft
    """
)
"""Before a name: never the end."""

NUMBERED = _words(
    """
    No Nos Art Arts Sec Secs p pp P Pp vol Vol vols Vols fig Fig figs Figs ch Ch chap Chap para Para
    paras Paras sect Sect ed eds Ex ex col approx Approx est Est ca Ca c circa Op op Tel tel Ext ext
    Apt apt Rm min max avg
    """
)
"""Before a number: not the end when a number follows."""

DATES = _words(
    """
    Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed Weds Thu Thur Thurs Fri Sat
    Sun
    """
)
"""Months and days: not the end before a number or another of them."""

NEVER = _words("vs Vs v cf Cf viz e.g i.e E.g I.e eg ie")
"""In the middle of a sentence by nature."""

UNITS = _words(
    """
    Inc Corp Co Cos Ltd Llc Bros Plc PLC Pty Mfg Intl Assn Assoc Dept Univ Inst Jr Sr Esq Bldg St
    Ave Av Blvd Rd Hwy Pkwy Sq Ln Pl Ter Ct Dr Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan
    Ky La Mass Md Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa Penn Tenn Tex Va Vt Wash Wis Wyo Ont
    Que ft lb lbs oz sq dept
    """
)
"""After a name or a list: the end only where the next word clearly begins a sentence."""

LISTS = _words("etc Etc al")
"""After a list: the end before any capital."""

EXCLAIMING = _words("Yahoo Yum Jeopardy E TVXQ Wham Rouge Mia Oklahoma Guess Ahoy Shazam")
"""Names written with ! or ?."""

LETTERED = _words(
    """
    appendix block building category class exhibit figure flight grade group hepatitis influenza
    level line model phase plan pool route schedule section serie series study table team terminal
    tier type vitamin war option point bravo chapter part
    """
)
"""Words that a single letter or Roman numeral names: "plan B." is the end, "George W." is not."""

STARTERS = _words(
    """
    A About Above According Across After Afterward Afterwards Again Against All Almost Alongside
    Already Also Although Amid Among An Analysts And Another Any Anyone Apart Are As Asked At
    Authorities Because Before Behind Below Besides Between Beyond Both But By Can Could Critics
    Despite Did Do Does During Each Earlier Economists Either Elsewhere Even Eventually Every
    Everyone Everything Except Experts Few Finally First Following For Former From Further Had Half
    Has Have He Hence Her Here His How However I If In Indeed Initially Inside Instead Investors Is
    It Its Just Last Later Lawmakers Lawyers Lately Less Let Like Local Many Maybe Meanwhile Men
    Most Much My Near Nearly Neither Never Nevertheless Next Nobody None Nonetheless Nor Not Nothing
    Now Of Officers Officials Often On Once One Only Opponents Or Other Others Otherwise Our Out
    Outside Over Overall Part People Perhaps Police Previously Prices Prosecutors Rather Recently
    Regarding Reporters Residents Scientists Second Separately Several Shares She Should Similarly
    Since So Some Someone Something Sometimes Soon Sources Speaking Still Stocks Such Supporters
    Than That The Their Them Then There Therefore These They Third This Those Though Three Through
    Throughout Thus To Today Together Tomorrow Too Toward Two Under Unless Unlike Until Up Upon Us
    Usually Very Victims Voters Was We Were What Whatever When Whenever Where Whereas Whether Which
    While Who Whoever Whose Why Will With Within Without Witnesses Women Workers Would Yes Yesterday
    Yet You Your
    """
)
"""Words that begin a sentence when they come after a stop with a capital."""

TIME_WORDS = _words(
    """
    KST JST EST EDT ET CST CDT CT MST MDT MT PST PDT PT GMT UTC BST CET CEST IST HKT SGT AEST
    Eastern Central Mountain Pacific Greenwich Monday Tuesday Wednesday Thursday Friday Saturday
    Sunday January February March April May June July August September October November December
    """
)
"""Words that go on after a.m. and p.m."""

SPEECH = _words(
    """
    said says asked asks added adds told tells replied replies shouted shouts cried cries wrote
    writes called yelled exclaimed whispered answered wondered quipped joked recalled insisted
    """
)
"""Verbs that tie a quotation to its speaker."""

ORDINARY = _words(
    """
    may May me no miss art ill ore arc Arc ark mar con del re Re la fed Fed SEC ID PA Ken Ok Min
    Yahoo mm rd in at am pm
    """
)
"""Words that look like short forms of other words, and end a sentence like any other."""
