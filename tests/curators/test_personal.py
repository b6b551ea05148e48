"""Personal data: published examples of each number pass, any changed digit fails, and the values are masked."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autophagy.core.samples import Samples
from autophagy.curators.personal import digits
from autophagy.curators.personal.addresses import addresses
from autophagy.curators.personal.forms import FORMS
from autophagy.curators.personal.personal import masked, personal
from autophagy.curators.personal.phones import ABROAD, AMERICAN, CALLED, LOCAL
from autophagy.curators.personal.shortlist import Shortlist
from autophagy.text.column import column
from autophagy.text.gate import by_re2


def judged(*texts, **settings):
    generation = settings.pop("generation", 0)
    batch = Samples.of(np.array(texts, dtype=np.dtypes.StringDType()), generation)
    return personal(batch, batch, np.random.default_rng(0), **settings)


EXAMPLES = {  # numbers that standards, banks and authorities print as examples
    "is_card": ["4111111111111111", "5555555555554444", "378282246310005", "6011111111111117", "3530111333300000"],
    "is_iban": [
        "GB82WEST12345698765432",
        "DE89370400440532013000",
        "FR1420041010050500013M02606",
        "NL91ABNA0417164300",
    ],
    "is_bsn": ["111222333", "123456782"],
    "is_dni": ["12345678Z", "X1234567L"],
    "is_cpf": ["11144477735", "52998224725"],
    "is_personnummer": ["8112189876", "198112189876"],
    "is_pesel": ["44051401359", "02070803628"],
    "is_nir": ["255081416802538", "269054958815780"],
    "is_aadhaar": ["999941057058", "234123412346"],
    "is_steuer_id": ["86095742719", "47036892816", "65929970489"],
    "is_ahv": ["7569217076985"],
    "is_resident": ["11010519491231002X", "440524188001010014"],
    "is_codice_fiscale": ["RSSMRA85T10A562S", "MRTMTT91D08F205J"],
}


@pytest.mark.parametrize(("check", "number"), [(check, number) for check in EXAMPLES for number in EXAMPLES[check]])
def test_published_examples_pass_and_no_wrong_digit_does(check, number):
    passes = getattr(digits, check)
    assert passes(number)
    last = max(i for i, letter in enumerate(number) if letter.isdigit())
    for digit in set("0123456789") - {number[last]}:
        assert not passes(number[:last] + digit + number[last + 1 :])


@given(st.integers(10**10, 10**11 - 1), st.integers(0, 9))
def test_verhoeff_finds_every_neighbouring_swap(number, place):
    """What the scheme was made for; the check digit is found by trying all ten."""
    whole = next(f"{number}{digit}" for digit in range(10) if digits.is_aadhaar(f"9{str(number)[1:]}{digit}"))
    whole = "9" + whole[1:]
    swapped = whole[:place] + whole[place + 1] + whole[place] + whole[place + 2 :]
    assert digits.is_aadhaar(whole)
    assert swapped == whole or not digits.is_aadhaar(swapped)


@pytest.mark.parametrize("number", ["000121234", "666121234", "900121234", "123001234", "123120000", "078051120"])
def test_social_security_numbers_that_nobody_has_fail(number):
    assert not digits.is_ssn(number)


FOUND = {
    "e-mail address": "Write to jane.doe@uni-mainz.de for more",
    "key or secret": "token = ghp_" + "a1B2" * 9,
    "payment card": "Card 4111 1111 1111 1111, thanks",
    "IBAN": "Pay to DE89 3704 0044 0532 0130 00 please",
    "US social security number": "SSN 219-09-9998",
    "Brazilian CPF": "inscrito no CPF 111.444.777-35",
    "Dutch BSN": "Haar BSN is 123456782.",
    "Spanish DNI": "con DNI 12345678Z",
    "Indian Aadhaar": "Aadhaar no. 9999 4105 7058",
    "Swedish personnummer": "personnummer 811218-9876",
    "Polish PESEL": "PESEL: 44051401359",
    "French NIR": "numéro de sécurité sociale 2 55 08 14 168 025 38",
    "German Steuer-ID": "Steuer-ID: 86 095 742 719",
    "Swiss AHV number": "AHV 756.9217.0769.85",
    "Chinese resident number": "身份证号 11010519491231002X",
    "Italian codice fiscale": "il codice RSSMRA85T10A562S",
    "Indian PAN": "PAN: ABCPE1234F",
    "British NINO": "National Insurance number AB 12 34 56 C",
    "Canadian SIN": "SIN: 046 454 286",
    "phone number": "ring +44 20 7946 0018 or come by",
}


@pytest.mark.parametrize("kind", FOUND)
def test_each_kind_is_found_and_masked(kind):
    verdict = judged("A text about nobody.", FOUND[kind])
    assert verdict.keep.tolist() == [True, False]
    assert verdict.details[1].startswith(f"1 {kind} (")
    start, end = verdict.spans[1]
    value = FOUND[kind][start:end]
    assert value not in verdict.details[1]
    assert masked(value) in verdict.details[1]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("paid 2026 4532 0151 1283 0366 by card", "4532 0151 1283 0366"),
        ("card 20261231 4532 0151 1283 0366", "4532 0151 1283 0366"),
        ("order AB12 DE89 3704 0044 0532 0130 00", "DE89 3704 0044 0532 0130 00"),
        ("mail: jürgen@uni-köln.de", "jürgen@uni-köln.de"),
        ("почта: иван@почта.рф, Москва", "иван@почта.рф"),
        ("联系我anna@firma.de谢谢", "anna@firma.de"),
        ("Write to anna@firma.deHi there", "anna@firma.de"),
        ("mail anna.o'neil@firm.de today", "anna.o'neil@firm.de"),
        ("mail o’neil-o’brien@firm.de today", "o’neil-o’brien@firm.de"),
        ("mail 'anna@firm.de' today", "anna@firm.de"),
        ("send(to='anna@firm.de')", "anna@firm.de"),
        ("send(f'anna@firm.de')", "anna@firm.de"),
        ("‘anna@firm.de’", "anna@firm.de"),
        ("it is " + "a'" * 40 + "anna@firm.de", "anna@firm.de"),
        ("f'anna.o'neil@firm.de'", "anna.o'neil@firm.de"),
        ("o'neil@firm.de's account", "o'neil@firm.de"),
        ("''anna@firm.de''", "anna@firm.de"),
        ("mail 'anna.o'neil@firm.de' today", "anna.o'neil@firm.de"),
    ],
)
def test_a_value_behind_a_number_and_in_other_letters_is_found_whole(text, value):
    """After hindsight 4333, where a year before a card hid it, and RFC 6531, by which addresses have any letters."""
    verdict = judged("A text about nobody.", text)
    assert verdict.keep.tolist() == [True, False]
    start, end = verdict.spans[1]
    assert text[start:end] == value


CLEAN = [
    "Write to someone@example.com or admin@localhost, see icon@2x.png",
    "Sent by noreply@github.com, jobs-noreply@linkedin.com, no-reply+7f3@mail.firma.de and Do_Not_Reply@bank.co.uk",
    "Order 4111 1111 1111 1112 and 1234567890123456",
    "The part 123-45-678, the standard 978-3-16-148410-0 and the date 2024-11-29",
    "123456782 is a number without a cue, and so are 44051401359 and 9999 4105 7058",
    "The values are 0.4111111111111111 and 3.14159265358979",
    "Call me Ishmael. In 1821 about 1,250,000 people lived there.",
    "AKIAIOSFODNN7EXAMPLE is the key of the manual",
    "sk-learn and ghp_short are no keys",
    "sk-learn-contrib-project-template, sk-your-api-key-goes-here and ghp_" + 36 * "x",
    "git clone git@github.com:numpy/numpy.git",
    "It stands (at most) at number 5. See [at] the end. someone (at) example.org",
    "86095742719, ABCPE1234F and AB 12 34 56 C are numbers without a cue",
    "The monkey-bars, a key-frame, pat and jina_ai, dp.pt and pul-over; rubygems_path and figd_",
    "192.168.0.1 and 10:15:30 and 1-2-3-4-5-6-7-8-9",
    "a row of numbers: 2025 2026 4111 1111 1111 1111 2027 2028 2029 2030 2031",
    "a dump holds 6H@FO.LwfT and X@qR.TjkP",
]


@pytest.mark.parametrize("text", CLEAN)
def test_numbers_of_nobody_are_no_finding(text):
    verdict = judged(text)
    assert verdict.keep.all(), verdict.details


LETTERS, HEX = "Ab1Cd2Ef3Gh4Ij5Kl6Mn7Op8Qr9St0" * 20, "0a1b2c3d4e5f6789" * 8
KEYS = [
    "AKIA" + 4 * "Q7ZX",
    "aws_secret_access_key = " + LETTERS[:40],
    "AccountKey=" + LETTERS[:86] + "==",
    "110201543:AA" + LETTERS[:33],
    "https://hooks.slack.com/services/T0A1B2C3D/B0A1B2C3D/" + LETTERS[:24],
    "dapi" + 4 * "0a1b2c3d",
    *(begin + LETTERS[:length] for begin, length in (("hvs.", 90), ("gsk_", 52), ("npm_", 36), ("r8_", 37))),
    *(begin + LETTERS[:length] for begin, length in (("hf_", 34), ("AIza", 35), ("GOCSPX-", 28), ("ghp_", 36))),
    "sk-ant-api03-" + LETTERS[:90],
    *(begin + LETTERS[:length] for begin, length in (("nvapi-", 64), ("tvly-dev-", 32), ("pcsk_", 70), ("figd_", 40))),
    *(begin + HEX[:length] for begin, length in (("key-", 32), ("pul-", 40), ("rubygems_", 48), ("sbp_", 40))),
    *(f"lsv2_pt_{HEX[:32]}_{HEX[:10]}", f"PMAK-{HEX[:24]}-{HEX[:34]}", f"xkeysib-{HEX[:64]}-{LETTERS[:16]}"),
    *(f"tskey-auth-{LETTERS[:32]}", f"pscale_tkn_{LETTERS[:43]}", f"dp.pt.{LETTERS[:43]}", f"nfp_{LETTERS[:36]}"),
    *(f"pat{LETTERS[:14]}.{HEX[:64]}", f"sntrys_{LETTERS[:80]}", f"jina_{HEX[:32]}{LETTERS[:28]}"),
    "AGE-SECRET-KEY-1" + LETTERS[:58].upper(),
    "-----BEGIN OPENSSH PRIVATE KEY-----",
]


@pytest.mark.parametrize("key", KEYS)
def test_keys_of_many_services_are_found(key):
    (details,) = judged(f"The token is {key} and nobody knows.").details
    assert details.startswith("1 key or secret")


@pytest.mark.parametrize(
    "address", ["anna (at) uni-mainz.de", "anna[at]uni-mainz[dot]de", "a.b {AT} mail.uni-mainz.de"]
)
def test_an_address_that_is_spelt_out_is_found(address):
    verdict = judged(f"Write to {address}, please.")
    start, end = verdict.spans[0]
    assert f"Write to {address}, please."[start:end] == address
    assert verdict.details[0].startswith("1 e-mail address")


def test_a_local_number_may_be_of_several_regions():
    texts = ["Telefon 030 901820 im Rathaus", "Tél 01 42 68 53 00"]
    assert judged(*texts, region="DE").keep.tolist() == [False, True]
    assert not judged(*texts, region="DE;FR").keep.any()


def test_the_kinds_are_counted_apart():
    (details,) = judged("a.b@gmx.de, c.d@gmx.de; IBAN GB82WEST12345698765432").details
    assert "2 e-mail addresses" in details
    assert "1 IBAN" in details


def test_what_a_model_invented_is_flagged_and_said_to_be_so():
    (details,) = judged("Her SSN is 219-09-9998.", generation=2).details
    assert "written by the model of generation 2" in details


def test_a_local_number_counts_by_a_cue_in_its_region():
    text = "Telefon 030 901820 im Rathaus"
    assert judged(text).keep.all()
    assert not judged(text, region="DE").keep.any()
    assert judged(text.replace("Telefon", "Band"), region="DE").keep.all()


@given(
    st.lists(st.text(st.characters(exclude_categories=["Nd", "Cs"], exclude_characters="@-_.", max_codepoint=0x2000)))
)
def test_texts_without_digits_or_marks_hold_nothing(texts):
    assert judged(*texts).keep.all()


LETTERS = st.sampled_from([*"0123456789", *"0123456789", *"+-. ()/,XYZA", "00", "é", "\n", "tel ", "call", "x" * 57])


@pytest.mark.parametrize("form", [*(form for form in FORMS if not form.loose), ABROAD, AMERICAN, LOCAL])
@given(text=st.lists(LETTERS, max_size=30).map("".join))
def test_the_rough_pattern_of_a_form_takes_the_same_texts(form, text):
    assert bool(re.search(form.rough, text, re.ASCII)) == bool(re.search(form.pattern, text, re.ASCII))


@given(st.lists(LETTERS | st.just("0301234567"), max_size=12).map("".join))
def test_a_number_by_a_cue_is_in_a_text_that_is_looked_at(text):
    batch = Shortlist([text], [0], column([text]), {}, {})
    if list(batch.matches(LOCAL)):
        assert by_re2(column([text]), CALLED) == [0]


@given(
    st.lists(
        st.sampled_from(["a", "b.c", "@", "@", ".", "com", "teSt", "test", ".de", "-", " ", "é", "日", "png", "x" * 60])
    )
)
def test_addresses_are_those_that_a_pattern_finds(parts):
    """By one pattern over all of the text, which takes a hundred times as long."""
    text, end, found = "".join(parts), 0, []
    for match in re.finditer(
        r"(?<![\w.%+é-])[A-Za-z0-9._%+é-]{1,64}@(?:[A-Za-z0-9é-]{1,63}\.){1,8}[a-zé]{2,24}(?![a-z\dé_])", text, re.A
    ):
        if match.start() >= end:
            end = match.end()
            if not re.search(r"[@.](?:test|example)(?:\.\w+)?$|\.png$", match[0]):
                found.append(match.span())
    assert list(addresses(text)) == found


def test_an_address_behind_a_quote_that_closes_another_one_is_its_own():
    text = "to='anna@firm.de','bob.o'neil@firm.de'a@b.de"
    assert [text[start:end] for start, end in addresses(text)] == ["anna@firm.de", "bob.o'neil@firm.de", "a@b.de"]
