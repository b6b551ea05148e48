"""Encodings: words of many languages, a few cells or some sentences of them, come back from the encodings they have."""

import unicodedata

import pytest

from autophagy.data.readers.encodings import decode

CELLS = {
    "id;name;stadt\n1;Müller;Köln\n2;Jäger;Zürich\n3;Groß;Düsseldorf\n4;Schäfer;München\n": (
        "cp1252 iso8859_15 mac_roman cp850"
    ),
    "nom,ville\nHélène,Orléans\nFrançois,Besançon\nZoé,Nîmes\n": "cp1252 iso8859_15 mac_roman cp850",
    "nombre,ciudad\nJosé,Cádiz\nMaría,León\nBegoña,Coruña\n": "cp1252 iso8859_15 mac_roman cp850",
    "namn;ort\nÅsa;Malmö\nBjörn;Örebro\nGöran;Västerås\n": "cp1252 mac_roman cp850",
    "item,price\nbread,€2\nmilk,€3\nwine,€12\n": "cp1252 iso8859_15",
    "imię;miasto\nŁukasz;Łódź\nMałgorzata;Kraków\nGrażyna;Gdańsk\n": "cp1250 iso8859_2 cp852",
    "jméno;město\nJiří;Plzeň\nŘehoř;Ústí\nŽofie;Děčín\nŠtěpán;Třebíč\n": "cp1250 iso8859_2 cp852",
    "имя;город\nИван;Москва\nЕлена;Казань\n": "cp1251 koi8_r cp866",
    "όνομα;πόλη\nΓιώργος;Αθήνα\nΜαρία;Πάτρα\n": "cp1253 iso8859_7",
    "名前,都市\n田中,東京\n鈴木,大阪\n": "cp932",
    "姓名,城市\n王伟,北京\n李娜,上海\n": "gb18030",
    "이름,도시\n김철수,서울\n이영희,부산\n": "cp949",
    "الاسم;المدينة\nمحمد;القاهرة\nفاطمة;الرياض\n": "cp1256",
    "שם;עיר\nדוד;ירושלים\nשרה;חיפה\n": "cp1255",
}
SENTENCES = {
    "Az ősi időkből származó műemlékek őrzik a múltat, és fűszeres ételek várnak Győrben.": "cp1250 iso8859_2",
    "Příliš žluťoučký kůň úpěl ďábelské ódy. Hlavním městem České republiky je Praha.": "cp1250 cp852",
    "Sostinė ir didžiausias miestas yra Vilnius, įsikūręs prie Neries. Ąžuolai žaliuoja.": "cp1257 iso8859_13",
    "İstanbul, Türkiye'nin en kalabalık şehridir; iktisadi ve kültürel açıdan önemli bir yerdedir.": "cp1254",
    "Việt Nam là một quốc gia nằm ở phía đông bán đảo Đông Dương.": "cp1258",
    "Україна — держава у Східній Європі. Її мова — українська, ґрунт родючий.": "cp1251 koi8_u mac_cyrillic",
    "Всеки човек има право на образование, и то трябва да бъде безплатно.": "cp1251 iso8859_5 mac_cyrillic cp866",
    "ประเทศไทยเป็นประเทศที่ตั้งอยู่ในเอเชียตะวันออกเฉียงใต้ เมืองหลวงคือกรุงเทพมหานคร": "cp874",
    "日本は東アジアに位置する島国であり、首都は東京である。カタカナやひらがなも使われます。": "cp932 euc_jp",
    "維基百科是一個自由內容的網路百科全書，任何人都可以編輯。": "big5",
}


def plain(text):
    return unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    ("text", "name"),
    [(text, name) for texts in (CELLS, SENTENCES) for text, names in texts.items() for name in names.split()],
)
def test_what_is_no_utf_8_is_read_as_it_was_written(text, name):
    data = plain(text).encode(name, errors="ignore")
    read, notes = decode(data * (1 if text in CELLS else 3))
    assert plain(read).startswith(plain(data.decode(name)))
    assert "a guess" in notes[0]


def test_what_says_iso_8859_1_is_windows_1252():
    """Forty times the same letter says little of a language."""
    data = "".join(f"Number {n} is painted in a soirée, in English.\n" for n in range(40)).encode("cp1252")
    read, notes = decode(data)
    assert read.encode("cp1252") == data
    assert notes == ["It is no UTF-8 and was read as Windows-1252, a guess."]


def test_four_stray_bytes_below_a_line_of_ascii_are_no_ebcdic():
    read, _ = decode(b'{"text": "first"}\n\x80\x80\x81\xa2')
    assert read.startswith('{"text": "first"}\n')
