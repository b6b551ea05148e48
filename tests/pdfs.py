"""PDFs by hand: pages with words at given places, as any program may have written them."""

import math
import re

PAGE = (600, 800)


def pdf(*pages, rotate=0, title="", fields=()):
    """A PDF of pages that are lists of (x, y, text) or (x, y, text, degrees); `fields` are values of form fields."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    numbers = []
    for words in pages:
        content = "\n".join(show(*word) for word in words)
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {PAGE[0]} {PAGE[1]}] /Rotate {rotate} "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {len(objects)} 0 R >>"
        )
        numbers.append(len(objects))
    objects[1] = f"<< /Type /Pages /Count {len(numbers)} /Kids [{' '.join(f'{n} 0 R' for n in numbers)}] >>"
    if fields:
        objects = _with_fields(objects, numbers[0], fields)
    if title:
        objects.append(f"<< /Title ({title}) >>")
    return _file(objects, len(objects) if title else 0)


def show(x, y, text, degrees=0):
    """The operators that show a text."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    plain = text.replace("\\", "\\\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /F1 10 Tf {cos:.4f} {sin:.4f} {-sin:.4f} {cos:.4f} {x} {y} Tm ({plain}) Tj ET"


def column(x, top, lines, step=14):
    """Lines below each other."""
    return [(x, top - step * i, line) for i, line in enumerate(lines)]


def _with_fields(objects, page, fields):
    kids = []
    for number, value in enumerate(fields):
        box = f"[50 {700 - 30 * number} 250 {720 - 30 * number}]"
        drawn = f"/Tx BMC q {show(2, 6, value)} Q EMC"
        objects.append(
            "<< /Type /XObject /Subtype /Form /BBox [0 0 200 20] /Resources << /Font << /F1 3 0 R >> >> "
            f"/Length {len(drawn)} >>\nstream\n{drawn}\nendstream"
        )
        objects.append(
            f"<< /Type /Annot /Subtype /Widget /FT /Tx /T (f{number}) /V ({value}) /Rect {box} /F 4 /P {page} 0 R "
            f"/AP << /N {len(objects)} 0 R >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[page - 1] = objects[page - 1].replace("/Contents", f"/Annots [{' '.join(kids)}] /Contents")
    objects[0] = f"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [{' '.join(kids)}] /DA (/F1 10 Tf) >> >>"
    return objects


def _file(objects, info):
    data, places = b"%PDF-1.5\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    start = len(data)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    data += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    about = f" /Info {info} 0 R" if info else ""
    return data + f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R{about} >>\nstartxref\n{start}\n%%EOF\n".encode()


def drawn(text):
    """The letters of a line from left to right, as a page shows text that is read from right to left."""
    parts = re.findall(r"[A-Za-z0-9]+(?: [A-Za-z0-9]+)*|[^A-Za-z0-9]+", text)
    return "".join(part if part[0].isascii() and part[0].isalnum() else part[::-1] for part in reversed(parts))


def spelt(lines):
    """A PDF of lines (x, y, text) of any script: its font has a code for each letter, and says which letter it is."""
    codes = {letter: 33 + i for i, letter in enumerate(dict.fromkeys("".join(text for *_, text in lines)))}
    pairs = " ".join(f"<{code:02X}> <{ord(letter):04X}>" for letter, code in codes.items())
    map_ = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def /CMapType 2 def "
        f"1 begincodespacerange <00> <FF> endcodespacerange {len(codes)} beginbfchar {pairs} endbfchar endcmap end end"
    )
    content = "\n".join(show(x, y, "".join(chr(codes[letter]) for letter in text)) for x, y, text in lines)
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [5 0 R] /Count 1 >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /ToUnicode 6 0 R >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {PAGE[0]} {PAGE[1]}] "
        "/Resources << /Font << /F1 3 0 R >> >> /Contents 4 0 R >>",
        f"<< /Length {len(map_)} >>\nstream\n{map_}\nendstream",
    ]
    return _file(objects, 0)
