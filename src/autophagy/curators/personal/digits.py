"""Check digits: which numbers of identity and of payment can exist. Each takes the number without blanks and marks."""

import re
from datetime import date

DNI = "TRWAGMYFPDXBNJZSQVHLCKE"
VERHOEFF = tuple(  # d(i, j) of the dihedral group D5
    tuple(
        (i + j) % 5
        if i < 5 and j < 5
        else (i - j) % 5
        if i >= 5 and j >= 5
        else 5 + ((i + j) if i < 5 else (i - j)) % 5
        for j in range(10)
    )
    for i in range(10)
)
TURN = (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)  # the permutation that Verhoeff applies once more at each place
ODD = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23)  # of a codice
LENGTHS = (  # of an IBAN in each country (ISO 13616)
    "NO15 BE16 DK18 FI18 NL18 MK19 SI19 AT20 BA20 EE20 LT20 LU20 KZ20 HR21 LV21 CH21 LI21 BG22 DE22 GB22 "
    "GE22 IE22 ME22 RS22 BH22 AE23 GI23 IL23 AD24 CZ24 ES24 MD24 PK24 RO24 SA24 SE24 SK24 TN24 PT25 IS26 "
    "TR26 FR27 GR27 IT27 MC27 SM27 AL28 AZ28 CY28 DO28 GT28 HU28 LB28 PL28 UA29 BR29 QA29 PS29 JO30 KW30 "
    "MU30 MT31 EG29 "
)
IBAN = {each[:2]: int(each[2:]) for each in LENGTHS.split()}
CARDS = re.compile(  # issuer ranges and lengths: Visa, Mastercard, American Express, Discover, JCB, Diners, UnionPay
    r"4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}|"
    r"(?:6011|65\d\d|64[4-9]\d)\d{12}|35(?:2[89]|[3-8]\d)\d{12}|3(?:0[0-5]|[68]\d)\d{11}|62\d{14,17}"
)


def is_card(number: str) -> bool:
    """A payment card: an issuer's range and length, and the check digit of Luhn (1960)."""
    return bool(CARDS.fullmatch(number)) and passes_luhn(number) and len(set(number)) > 1


def passes_luhn(number: str) -> bool:
    """Whether the digits, every second one doubled from the right and its own digits added, sum to a multiple of 10."""
    digits = [int(digit) for digit in reversed(number)]
    return sum(digits[::2] + [2 * digit - 9 * (digit > 4) for digit in digits[1::2]]) % 10 == 0


def is_iban(number: str) -> bool:
    """An international bank account number: its country's length, and 1 modulo 97 (ISO 13616)."""
    if len(number) != IBAN.get(number[:2], 0):
        return False
    return int("".join(str(int(letter, 36)) for letter in number[4:] + number[:4])) % 97 == 1


def is_ssn(number: str) -> bool:
    """A social security number of the United States that may have been given out: no group is all zeros."""
    area, group, serial = number[:3], number[3:5], number[5:]
    known = number in ("078051120", "219099999")  # of an advertisement, and of a pamphlet
    return area not in ("000", "666") and area < "900" and group != "00" and serial != "0000" and not known


def is_bsn(number: str) -> bool:
    """A Dutch burgerservicenummer: the weights 9 to 2 and -1 give a multiple of 11."""
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    total = sum(weight * int(digit) for weight, digit in zip(weights, number, strict=True))
    return total % 11 == 0 and number != "0" * 9


def is_dni(number: str) -> bool:
    """A Spanish DNI or NIE: the letter of the number modulo 23; X, Y and Z of a foreigner stand for 0, 1 and 2."""
    digits = number[:-1].translate(str.maketrans("XYZ", "012"))
    return digits.isdigit() and DNI[int(digits) % 23] == number[-1]


def is_cpf(number: str) -> bool:
    """A Brazilian CPF: two check digits modulo 11, the digits not all equal."""
    for length in (9, 10):
        total = sum((length + 1 - i) * int(digit) for i, digit in enumerate(number[:length]))
        if int(number[length]) != total * 10 % 11 % 10:
            return False
    return len(set(number)) > 1


def is_aadhaar(number: str) -> bool:
    """An Indian Aadhaar: twelve digits, the last by Verhoeff (1969), the first from 2 to 9."""
    check = 0
    for place, digit in enumerate(reversed(number)):
        turned = int(digit)
        for _ in range(place % 8):
            turned = TURN[turned]
        check = VERHOEFF[check][turned]
    return check == 0 and number[0] not in "01"


def is_personnummer(number: str) -> bool:
    """A Swedish personnummer of ten digits, or twelve with the century: a date of birth and a check digit of Luhn."""
    short = number[-10:]
    century = int(number[:2]) if len(number) == 12 else 20
    return _is_date(century * 100 + int(short[:2]), int(short[2:4]), int(short[4:6]) % 60) and passes_luhn(short)


def is_pesel(number: str) -> bool:
    """A Polish PESEL: a date of birth whose month tells the century, and the weights 1, 3, 7, 9 modulo 10."""
    total = sum(int(digit) * (1, 3, 7, 9)[i % 4] for i, digit in enumerate(number[:10]))
    century = (19, 20, 21, 22, 18)[int(number[2]) // 2]
    born = _is_date(century * 100 + int(number[:2]), int(number[2:4]) % 20, int(number[4:6]))
    return born and (10 - total % 10) % 10 == int(number[10])


def is_nir(number: str) -> bool:
    """A French NIR of fifteen letters: sex, month, and the key 97 - n mod 97; 2A and 2B of Corsica are 19 and 18."""
    plain = number.replace("2A", "19", 1) if number[5:7] == "2A" else number
    plain = number.replace("2B", "18", 1) if number[5:7] == "2B" else plain
    return plain.isdigit() and 97 - int(plain[:13]) % 97 == int(plain[13:])


def is_steuer_id(number: str) -> bool:
    """A German tax number of eleven digits: of the first ten one stands there twice or thrice; ISO 7064, mod 11, 10."""
    product = 10
    for digit in number[:10]:
        product = ((int(digit) + product) % 10 or 10) * 2 % 11
    often = [times for digit in set(number[:10]) if (times := number[:10].count(digit)) > 1]
    return (11 - product) % 10 == int(number[10]) and len(often) == 1 and often[0] <= 3


def is_ahv(number: str) -> bool:
    """A Swiss AHV number of thirteen digits: those at even places count three times, modulo 10 (EAN-13)."""
    return sum(int(digit) * (1 + 2 * (i % 2)) for i, digit in enumerate(number)) % 10 == 0


def is_resident(number: str) -> bool:
    """A Chinese resident number: a date of birth, and the last letter by ISO 7064, mod 11-2."""
    total = sum(int(digit) * 2 ** (17 - i) for i, digit in enumerate(number[:17]))
    born = _is_date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    return born and "10X98765432"[total % 11] == number[17]


def is_codice_fiscale(number: str) -> bool:
    """An Italian codice fiscale: the last letter by a table for the odd places and the plain value at the even ones."""
    total = sum(_plain(letter) if i % 2 else ODD[_plain(letter)] for i, letter in enumerate(number[:15]))
    return chr(ord("A") + total % 26) == number[15]


def _plain(letter: str) -> int:
    return int(letter) if letter.isdigit() else int(letter, 36) - 10


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
