"""Units of measure and currencies, under the names that people give them."""

SCALES = {"hundred": 1e2, "thousand": 1e3, "k": 1e3, "million": 1e6, "billion": 1e9, "bn": 1e9, "trillion": 1e12}
MORE_SCALES = {
    **SCALES, "millions": 1e6, "billions": 1e9, "thousands": 1e3, "mn": 1e6, "mio": 1e6, "mio.": 1e6, "mrd": 1e9,
    "mrd.": 1e9, "tausend": 1e3, "millionen": 1e6, "milliarden": 1e9, "mille": 1e3, "millones": 1e6,
    "lakh": 1e5, "crore": 1e7, "dozen": 12.0,
}  # fmt: skip
MEASURES: dict[str, dict[str, float]] = {  # what is measured -> its units, each with how much it is of the first
    "length": {"m": 1, "metre": 1, "meter": 1, "km": 1e3, "kilometre": 1e3, "kilometer": 1e3, "cm": 1e-2,
               "centimetre": 1e-2, "centimeter": 1e-2, "mm": 1e-3, "millimetre": 1e-3, "millimeter": 1e-3,
               "mile": 1609.344, "foot": 0.3048, "feet": 0.3048, "ft": 0.3048, "inch": 0.0254, "inches": 0.0254},
    "mass": {"g": 1, "gram": 1, "kg": 1e3, "kilogram": 1e3, "mg": 1e-3, "tonne": 1e6, "lb": 453.59237,
             "pound": 453.59237},
    "time": {"s": 1, "sec": 1, "second": 1, "ms": 1e-3, "millisecond": 1e-3, "min": 60, "minute": 60, "h": 3600,
             "hour": 3600, "day": 86400, "week": 604800},
    "share": {"%": 1, "percent": 1, "per cent": 1},
}  # fmt: skip
MORE_MEASURES: dict[str, dict[str, float]] = {  # beside those above, where a whole text is read
    "length": {"μm": 1e-6, "micrometer": 1e-6, "nm": 1e-9, "nanometer": 1e-9, "nanometre": 1e-9, "yard": 0.9144,
               "yd": 0.9144, "kms": 1e3, "mi": 1609.344, "meilen": 1609.344},
    "mass": {"μg": 1e-6, "mcg": 1e-6, "microgram": 1e-6, "milligram": 1e-3, "ounce": 28.349523125,
             "oz": 28.349523125, "metric ton": 1e6, "kilo": 1e3, "gramm": 1},
    "time": {"hr": 3600, "mins": 60, "fortnight": 1209600, "tag": 86400, "tage": 86400, "tagen": 86400,
             "stunde": 3600, "stunden": 3600, "minuten": 60, "woche": 604800, "wochen": 604800, "sekunden": 1,
             "jour": 86400, "heure": 3600, "día": 86400, "hora": 3600},
    "months": {"month": 1, "year": 12, "yr": 12, "decade": 120, "century": 1200, "centuries": 1200, "monat": 1,
               "monate": 1, "monaten": 1, "jahr": 12, "jahre": 12, "jahren": 12, "mois": 1, "année": 12,
               "mes": 1, "meses": 1, "año": 12},
    "share": {"pct": 1, "percentage": 1, "prozent": 1, "pour cent": 1, "por ciento": 1, "‰": 0.1},
    "points": {"percentage point": 1},
    "area": {"acre": 4046.8564224, "hectare": 1e4, "ha": 1e4},
    "volume": {"l": 1, "litre": 1, "liter": 1, "ml": 1e-3, "millilitre": 1e-3, "milliliter": 1e-3, "cl": 1e-2,
               "gallon": 3.785411784, "fl oz": 0.0295735296, "fluid ounce": 0.0295735296, "pint": 0.473176473,
               "quart": 0.946352946, "cc": 1e-3, "cup": 0.2365882365, "tablespoon": 0.01478676478,
               "tbsp": 0.01478676478, "teaspoon": 0.00492892159, "tsp": 0.00492892159},
    "speed": {"m/s": 1, "km/h": 1 / 3.6, "kmh": 1 / 3.6, "kph": 1 / 3.6, "km/hr": 1 / 3.6, "mph": 0.44704,
              "meters per second": 1, "metres per second": 1, "kilometers per hour": 1 / 3.6,
              "kilometres per hour": 1 / 3.6, "km per hour": 1 / 3.6, "miles per hour": 0.44704},
    "celsius": {"°c": 1, "° c": 1, "celsius": 1, "degrees celsius": 1, "degree celsius": 1, "degrees c": 1,
                "grad celsius": 1, "centigrade": 1},
    "fahrenheit": {"°f": 1, "° f": 1, "fahrenheit": 1, "degrees fahrenheit": 1, "degree fahrenheit": 1,
                   "degrees f": 1},
    "angle": {"°": 1, "degree": 1},
    "data": {"byte": 1, "kb": 1e3, "mb": 1e6, "gb": 1e9, "tb": 1e12, "kilobyte": 1e3, "megabyte": 1e6,
             "gigabyte": 1e9, "terabyte": 1e12},
    "frequency": {"hz": 1, "hertz": 1, "khz": 1e3, "kilohertz": 1e3, "mhz": 1e6, "megahertz": 1e6, "ghz": 1e9,
                  "gigahertz": 1e9},
    "power": {"w": 1, "watt": 1, "kw": 1e3, "kilowatt": 1e3, "mw": 1e6, "megawatt": 1e6, "gw": 1e9, "gigawatt": 1e9,
              "j/s": 1, "kj/s": 1e3, "joule per second": 1, "joules per second": 1},
    "energy": {"kwh": 1, "kilowatt hour": 1, "mwh": 1e3, "megawatt hour": 1e3, "gwh": 1e6, "j": 1 / 3.6e6,
               "joule": 1 / 3.6e6, "kj": 1 / 3600, "kilojoule": 1 / 3600,
               "kcal": 4184 / 3.6e6, "kilocalorie": 4184 / 3.6e6},
    "pressure": {"kpa": 1e3, "mpa": 1e6, "hpa": 1e2, "pascal": 1, "kilopascal": 1e3, "bar": 1e5, "mbar": 1e2,
                 "millibar": 1e2, "psi": 6894.757293, "pound per square inch": 6894.757293,
                 "pounds per square inch": 6894.757293, "atm": 101325, "atmosphere": 101325, "mmhg": 133.322387},
    "force": {"newton": 1, "kn": 1e3, "kilonewton": 1e3},
    "current": {"amp": 1, "ampere": 1, "ma": 1e-3, "milliampere": 1e-3, "milliamp": 1e-3},
    "resistance": {"ohm": 1, "ω": 1, "kilohm": 1e3, "kω": 1e3},
    "voltage": {"v": 1, "volt": 1, "mv": 1e-3, "millivolt": 1e-3, "kv": 1e3, "kilovolt": 1e3},
    "USD": {"$": 1, "us$": 1, "usd": 1, "dollar": 1, "us dollar": 1, "u.s. dollar": 1, "buck": 1, "cent": 0.01,
            "¢": 0.01},
    "EUR": {"€": 1, "eur": 1, "euro": 1},
    "GBP": {"£": 1, "gbp": 1, "pound sterling": 1, "pounds sterling": 1, "quid": 1, "pence": 0.01},
    "JPY": {"¥": 1, "jpy": 1, "yen": 1},
    "CNY": {"cny": 1, "rmb": 1, "yuan": 1},
    "INR": {"₹": 1, "inr": 1, "rupee": 1},
    "CHF": {"chf": 1, "franken": 1, "swiss franc": 1},
    "KRW": {"₩": 1, "krw": 1},
    "RUB": {"₽": 1, "rub": 1, "rouble": 1, "ruble": 1},
    "BTC": {"₿": 1, "btc": 1, "bitcoin": 1},
    "bits per second": {"kbps": 1e3, "mbps": 1e6, "gbps": 1e9, "kbit/s": 1e3, "mbit/s": 1e6, "gbit/s": 1e9},
}  # fmt: skip
MONEY = frozenset({"USD", "EUR", "GBP", "JPY", "CNY", "INR", "CHF", "KRW", "RUB", "BTC"})
BEFORE = ("US$", "A$", "C$", "$", "€", "£", "¥", "₹", "₩", "₽", "₿", "USD", "EUR", "GBP", "JPY", "CHF", "INR", "Rs.")


def named(*tables: dict[str, dict[str, float]]) -> dict[str, tuple[str, float]]:
    """Each name of a unit, in the singular and the plural, with what it measures and its size."""
    return {
        name: (measure, size)
        for table in tables
        for measure, units in table.items()
        for unit, size in units.items()
        for name in {unit, f"{unit}s" if (len(unit) > 1 and unit.isalpha()) or " " in unit else unit}
    }


def raised(unit: tuple[str, float], power: int) -> tuple[str, float]:
    """A unit to a power: square inches are of the measure of acres, cubic feet of that of litres."""
    measure, size = unit
    if measure == "length":
        return ("area", size**2) if power == 2 else ("volume", 1e3 * size**3)
    return f"{measure}^{power}", size**power


UNITS = named(MEASURES)
ALL_UNITS = {**named(MORE_MEASURES), **UNITS}
