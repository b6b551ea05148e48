"""How often a question in German or Chinese finds its page: by words, by MiniLM, and by the multilingual embedder.

    python bench/multilingual.py

The twelve pages of the handbook of ask_handbook.py in German and Chinese, with thirty questions each, half of them in
other words; and the English questions asked of the German and of the Chinese pages. Share of the questions whose page
comes first, and among the first three, with Wilson's 95 % intervals. Chance is 8 % and 25 %.
"""

import time

from ask_handbook import HANDBOOK, QUESTIONS, share
from autophagy.context import Passage, find_embedder, open_index

PAGES = list(HANDBOOK)
# the page of each pair of QUESTIONS
OF = ["leave", "leave", "travel", "travel", "pay", "pay", "sickness", "hours", "hours", "home", "parking", "canteen"]
OF += ["computers", "training", "leaving"]
GERMAN = [
    "Alle Angestellten haben dreißig Tage Urlaub im Jahr. Urlaub wird schriftlich beantragt, zwei Wochen bevor "
    "er beginnt.",
    "Bahnfahrten werden in der zweiten Klasse bezahlt. Flüge brauchen eine Unterschrift des Vorstands. Belege "
    "sind binnen zehn Tagen abzugeben.",
    "Das Gehalt kommt am letzten Arbeitstag des Monats. Ein dreizehntes Gehalt wird im November gezahlt.",
    "Wer krank ist, sagt bis neun Uhr im Büro Bescheid. Ab dem vierten Tag ist ein Attest nötig. Der Lohn "
    "läuft sechs Wochen weiter.",
    "Die Woche hat 38 Stunden. Zwischen zehn und drei sind alle da. Überstunden werden in Freizeit ausgeglichen.",
    "Zwei Tage in der Woche darf daheim gearbeitet werden. Die Firma zahlt Schreibtisch und Lampe bis 400 Euro.",
    "Der Parkplatz hinter dem Haus hat 25 Plätze. Ein Stellplatz kostet zwölf Euro im Monat und wird von Frau "
    "Hellwig vergeben.",
    "Die Kantine ist von halb zwölf bis zwei geöffnet. Ein Gericht kostet 4,50 Euro. Freitags gibt es Fisch.",
    "Passwörter haben mindestens vierzehn Zeichen. Ein verlorener Rechner wird sofort Jonas Breuer gemeldet. "
    "Privat darf er in Pausen genutzt werden.",
    "Jeder Angestellte hat 900 Euro im Jahr für Kurse. Kurse werden mit der Teamleitung abgesprochen.",
    "Die Kündigungsfrist beträgt drei Monate. Am letzten Tag werden Schlüssel und Rechner im Büro abgegeben.",
    "Bei Alarm treffen sich alle an der Linde im Hof. Die Aufzüge dürfen nicht benutzt werden. Helfer tragen "
    "gelbe Westen.",
]
CHINESE = """员工每年有三十天年假。休假须在开始前两周书面申请。
火车按二等座报销。乘飞机需要董事会签字。票据须在十天内交回。
工资在每月最后一个工作日发放。十一月发第十三个月工资。
生病者须在九点前通知办公室。从第四天起需要医生证明。工资照发六周。
每周工作三十八小时。十点到三点所有人都在。加班以休息时间补偿。
每周可以有两天在家办公。公司支付书桌和台灯，最多四百欧元。
楼后的停车场有二十五个车位。一个车位每月十二欧元，由海尔维希女士分配。
食堂从十一点半开到两点。一份饭四欧元五十分。星期五有鱼。
密码至少十四个字符。丢失电脑须立即向约纳斯·布罗伊尔报告。休息时可以私用。
每位员工每年有九百欧元用于课程。课程须与组长商定。
离职通知期为三个月。最后一天须把钥匙和电脑交还办公室。
警报响起时所有人到院子里的椴树下集合。不得使用电梯。引导员穿黄色背心。""".splitlines()
ASKED = {
    "German": """Wie viele Tage Urlaub haben Angestellte im Jahr?|Wie lange darf ich in die Ferien?
Wie wird Urlaub beantragt?|Was muss ich tun, um frei zu bekommen?
In welcher Klasse werden Bahnfahrten bezahlt?|Welche Zugtickets werden erstattet?
Wer muss Flüge unterschreiben?|Wer genehmigt ein Flugzeugticket?
Wann kommt das Gehalt?|Wann bekomme ich mein Geld?
In welchem Monat wird das dreizehnte Gehalt gezahlt?|Wann gibt es Weihnachtsgeld?
Ab welchem Tag ist ein Attest nötig?|Wann brauche ich eine Bescheinigung vom Arzt?
Wie viele Stunden hat die Woche?|Wie lange muss ich arbeiten?
Wie werden Überstunden ausgeglichen?|Was bekomme ich für Mehrarbeit?
Wie viele Tage darf daheim gearbeitet werden?|Wie oft ist Homeoffice erlaubt?
Was kostet ein Stellplatz im Monat?|Wie teuer ist es, mein Auto abzustellen?
Was kostet ein Gericht in der Kantine?|Wie viel zahle ich fürs Mittagessen?
Wem wird ein verlorener Rechner gemeldet?|Mein Laptop wurde gestohlen, wen rufe ich an?
Wie viel Euro gibt es im Jahr für Kurse?|Wie hoch ist mein Budget für Weiterbildung?
Wie lang ist die Kündigungsfrist?|Wie früh muss ich sagen, dass ich die Firma verlasse?""",
    "Chinese": """员工每年有多少天年假？|我能放几天假？
休假怎么申请？|我想请假要做什么？
火车报销几等座？|哪种车票可以报销？
乘飞机需要谁签字？|谁批准机票？
工资什么时候发放？|我什么时候拿到钱？
第十三个月工资几月发？|奖金何时到账？
从第几天起需要医生证明？|什么时候要交病假条？
每周工作多少小时？|我一个星期要上多久班？
加班怎么补偿？|多干活有什么回报？
每周可以几天在家办公？|可以多久远程工作一次？
一个车位每月多少钱？|停车要花多少？
食堂一份饭多少钱？|午餐贵吗？
丢失电脑向谁报告？|笔记本被偷了找谁？
每年课程有多少欧元？|我的培训预算是多少？
离职通知期多长？|辞职要提前多久说？""",
}


def found(embedder, texts, asked, mode):
    """The place of each question's page, from 0 on; 12 where it is not found."""
    passages = [Passage(f"{page}#1", page, "", text, 0, len(text)) for page, text in zip(PAGES, texts, strict=True)]
    with open_index(None, embedder=embedder) as index:
        index.add(passages)
        hits = index.search([question for question, _ in asked], 3, mode)
    places = []
    for row, (_, page) in zip(hits, asked, strict=True):
        names = [hit.passage.document for hit in row]
        places.append(names.index(page) if page in names else len(PAGES))
    return places


def told(places):
    return "  ".join(share(sum(place < most for place in places), len(places)) for most in (1, 3))


def main():
    english = [(row[which], page) for row, page in zip(QUESTIONS, OF, strict=True) for which in (0, 1)]
    sets = {"English": (list(HANDBOOK.values()), english)}
    for name, pages in (("German", GERMAN), ("Chinese", CHINESE)):
        lines = ASKED[name].splitlines()
        asked = [(q, page) for line, page in zip(lines, OF, strict=True) for q in line.split("|")]
        sets[name] = pages, asked
        sets[f"English asked of {name}"] = pages, english
    for name, (pages, asked) in sets.items():
        print(f"\n{name}: the page comes first, and among the first three")
        for embedder in ("minilm", "multilingual"):
            for mode in ("bm25", "dense", "hybrid"):
                if embedder == "minilm" or mode != "bm25":
                    label = mode if mode == "bm25" else f"{mode}, {embedder}"
                    print(f"  {label:22}", told(found(embedder, pages, asked, mode)), flush=True)
    texts = [text for pages, _ in sets.values() for text in pages] * 4
    for embedder in ("minilm", "multilingual"):
        model = find_embedder(embedder)
        model.encode(texts[:8])
        begun = time.process_time()
        model.encode(texts)
        print(f"{embedder}: {len(texts) / (time.process_time() - begun):,.0f} such texts a second of processor")


if __name__ == "__main__":
    main()
