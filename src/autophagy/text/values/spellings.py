"""One spelling for words that are written in several: cities in other languages, British and American, decades.

Renamed places (Mumbai, once Bombay) are not here, since a question may ask for the one or the other name.
"""

import re
from functools import lru_cache

_SAME = """
kyiv kiev kyjiw; kharkiv kharkov; lviv lvov; odesa odessa; chernobyl chornobyl
munich munchen muenchen; cologne koln koeln; vienna wien; nuremberg nurnberg nuernberg; hanover hannover
brunswick braunschweig; geneva geneve genf; lucerne luzern; basel basle; bern berne; prague praha prag
warsaw warszawa; moscow moskva moskau; copenhagen kobenhavn; gothenburg goteborg goeteborg; lisbon lisboa
rome roma; milan milano; turin torino; venice venezia venedig; florence firenze florenz; naples napoli
athens athen athina; brussels bruxelles brussel; antwerp antwerpen; bucharest bucuresti; belgrade beograd
seville sevilla; marseille marseilles; lyon lyons; beijing peking; nanjing nanking; tehran teheran
tchaikovsky chaikovsky tschaikowski; dostoevsky dostoyevsky dostojewski; tolstoy tolstoi; chekhov tchekhov
khrushchev chruschtschow; gorbachev gorbatschow; rachmaninoff rachmaninov; muhammad mohammed mohammad; quran koran
grey gray; centre center; theatre theater; metre meter; litre liter; fibre fiber; defence defense; licence license
programme program; aluminium aluminum; sulphur sulfur; plough plow; catalogue catalog; cheque check
jewellery jewelry; pyjamas pajamas; mould mold; moustache mustache; haemoglobin hemoglobin; oestrogen estrogen
anaemia anemia; leukaemia leukemia; oesophagus esophagus; foetus fetus; paediatric pediatric
twenties 1920s; thirties 1930s; forties 1940s; fifties 1950s; sixties 1960s; seventies 1970s; eighties 1980s
nineties 1990s
monday mon; tuesday tue tues; thursday thu thurs; friday fri; under beneath underneath
mother mom mum mommy; father dad daddy; grandmother grandma; grandfather grandpa; film movie; television tv
telephone phone; photograph photo; bicycle bike; airplane aeroplane plane; car automobile; mathematics maths math
examination exam; laboratory lab; refrigerator fridge; influenza flu; gasoline petrol; lawyer attorney
doctor dr; professor prof; saint st street; mount mt; mountain mtn; avenue ave; road rd; boulevard blvd
article art; section sec; chapter chap; figure fig; volume vol; versus vs; department dept; government govt
university univ; approximately approx; junior jr; senior sr
"""
ONE = {word: group.split()[0] for group in re.split(r"[;\n]", _SAME) for word in group.split()}
_CALLED = """
william bill billy will liam; robert bob bobby rob; richard dick rick; james jim jimmy; john jack; thomas tom
michael mike
edward ed eddie ted ned; theodore ted teddy; charles charlie chuck; joseph joe; david dave; daniel dan; anthony tony
elizabeth liz betty beth; margaret maggie peggy meg; katherine kate kathy; catherine kate cathy; alexander alex
benjamin ben; samuel sam; steven steve; stephen steve; christopher chris; matthew matt; andrew andy drew; nicholas nick
gregory greg; timothy tim; lawrence larry; kenneth ken; ronald ron; donald don; harold harry; henry harry hank
frederick fred; albert al; walter walt; patricia pat; deborah debbie; susan sue; jennifer jen; rebecca becky
abraham abe
"""
CALLED = {(full, name) for full, *names in map(str.split, re.split(r"[;\n]", _CALLED.strip())) for name in names}
OUR = re.compile(r"(?<=[a-z]{2})our(?=s?$|ed$|ing$|ful|ite|able|hood)")  # colour, not hour
PLURALS = ("ss", "us", "is")  # which end no plural
ISE = re.compile(r"(?<=[a-z]{4})is(?=(?:e|ed|es|er|ers|ing|ation|ations)$)")  # organise


@lru_cache(maxsize=4096)  # the same words are compared again and again
def spelling(word: str) -> str:
    """A word in small letters without accents, as one of its spellings."""
    return ONE.get(word) or ISE.sub("iz", OUR.sub("or", word))


def nickname(one: str, other: str) -> bool:
    """Whether one of two first names is what people call those of the other: William and Bill."""
    return (one, other) in CALLED or (other, one) in CALLED


@lru_cache(maxsize=4096)
def singular(word: str) -> str:
    """An English word without the s of its plural, where it is long enough to have one."""
    if len(word) < 4 or not word.endswith("s") or word.endswith(PLURALS):
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-2] if word.endswith(("sses", "ches", "shes", "xes")) else word[:-1]
