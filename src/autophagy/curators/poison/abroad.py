"""Orders to drop what was said before, in languages other than English: the patterns, and what a row with one holds."""

import numpy as np

LATIN = (
    r"ignore[zr]?\s+(?:toutes |tous )?(?:les|tes|vos|ces)\s+(?:\S+\s+){0,2}(?:instructions|consignes|règles|regles)",
    r"ignor(?:a|ar|e|iere?|iert|ieren sie)\s+(?:\S+\s+){0,3}(?:instrucciones|anweisungen|istruzioni|"
    r"instruções|instrucoes|befehle|vorgaben|órdenes|ordini|regras|reglas|regeln|regole)",
    r"(?:olvida|oublie[zr]?|vergiss|vergessen sie|dimentica|esqueça|esquece|vergeet|negeer|missachte)\s+"
    r"(?:\S+\s+){0,3}(?:instrucciones|instructions|anweisungen|istruzioni|instruções|instructies|consignes|regeln|opdrachten|reglas)",
    r"(?:ignoriere|ignorieren sie|vergiss|vergessen sie|missachte)\s+(?:bitte )?(?:das obige|alles obige|"
    r"(?:das|alles),? was (?:oben|bisher|zuvor|vorher))",
    r"(?:ignore[zr]?|oublie[zr]?|compte de)\s+(?:tout )?ce qui précède",
    r"ne (?:tiens|tenez) (?:pas|aucun) compte d\S+\s+(?:\S+\s+){0,2}(?:instructions|consignes)",
    r"(?:ignora|ignore|ignorad|olvida|olvide|olvidad)\s+(?:todo )?lo (?:anterior|de arriba|dicho antes)",
    r"(?:haz|haga|hagan) caso omiso de (?:\S+\s+){0,3}(?:instrucciones|anterior)",
    r"(?:ignor(?:a|i|ate)|dimentic(?:a|hi|ate))\s+(?:tutto )?(?:quanto (?:detto )?sopra|(?:ciò|quello) che precede)",
    r"(?:ignore|ignora|esqueça|esquece|desconsidere)\s+(?:tudo )?o (?:que (?:foi dito |está |veio )?)?(?:acima|antes)",
    r"desconsidere\s+(?:\S+\s+){0,3}(?:instruções|instrucoes)",
    r"(?:negeer|vergeet)\s+(?:alles )?(?:het )?bovenstaande",
    r"(?:ignorera|ignorer|bortse från|se bort fra|glöm|glem)\s+(?:\S+\s+){0,3}(?:instruktion|anvisning|instruks)",
    r"(?:zignoruj|zapomnij)\s+(?:\S+\s+){0,3}(?:instrukcj|polece|zasad|powyższ)",
    r"(?:ignoruj|ignorujte|zapomeň|zapomeňte|zabudni|zabudnite)\s+(?:\S+\s+){0,3}(?:pokyn|instrukc|inštrukc|příkaz)",
    r"(?:önceki|yukar\Sdaki|tüm)\s+(?:\S+\s+){0,2}talimatlar\S*\s+(?:yok\s?say|unut|görmezden|dikkate alma)",
    r"yukarıdaki\S*\s+(?:\S+\s+){0,2}(?:yok\s?say|görmezden gel|dikkate alma)",
    r"(?:abaikan|lupakan)\s+(?:\S+\s+){0,2}(?:instruksi|perintah|petunjuk|arahan)",
    r"(?:unohda|ohita)\s+(?:\S+\s+){0,3}(?:ohje|käsky|määräy)",
    r"(?:ignoră|ignorați|uită|uitați)\s+(?:\S+\s+){0,3}instrucțiuni",
    r"(?:hagyd figyelmen kívül|felejtsd el)\s+(?:\S+\s+){0,4}(?:utasítás|parancs)",
)
LATIN_GATE = (
    r"ignore[zr]?\s+(?:toutes |tous )?(?:les|tes|vos|ces)\s|"
    r"ignore[zr]?\s+(?:\S+\s+){0,3}(?:instru|anwei|istru|befe|vorg|órd|ord|reg)|"
    r"ignore[zr]?\s+(?:tout )?ce qui|ignore\s+(?:todo )?lo |ignore\s+(?:tudo )?o |"
    r"ignor(?:a|i|ar|ad|ate|ez|ier|iere|iert|ieren|ieren sie)\s|compte d|caso omiso|"
    r"olvid(?:a|e|ad)\s|oublie[zr]?\s|vergiss|vergessen sie\s|missachte\s|dimentic(?:a|hi|ate)\s|esque[çc][ae]\s|"
    r"desconsidere\s|vergeet|negeer|ignorer|bortse|se bort fra|gl[öe]m\s|talimatlar|görmezden gel|yok\s?say|"
    r"dikkate alma|zignoruj|zapomnij|ignoruj|zapome|zabudni|abaikan|lupakan|unohda|ohita\s|"
    r"ignor(?:ă|ați)\s|uit(?:ă|ați)\s|kívül|"
    r"felejtsd"
)
OTHERS = (
    r"(?:игнорируй(?:те)?|забудь(?:те)?|проигнорируй(?:те)?)\s+(?:\S+\s+){0,3}(?:инструкци|указани|команд|правила|"
    r"вышесказанн|вышеизложенн|вышеуказанн|выше[.,;!\s])",
    r"(?:ігноруй(?:те)?|проігноруй(?:те)?|забудь(?:те)?)\s+(?:\S+\s+){0,3}(?:інструкці|вказівк|команди|правила)",
    r"(?:忽略|无视|忘记|忘掉|無視|忽視|忘記)[^。\n]{0,12}(?:指令|指示|提示|说明|規則|规则|命令)",
    r"(?:忽略|无视|忘记|忘掉|無視|忽視|忘記)掉?(?:所有|全部|一切)?(?:以上|上述|上面|前面)的?(?:所有|全部)?"
    r"(?:内容|內容|文字|文本|对话|對話|信息|要求)",
    r"(?:指示|命令|指令|プロンプト|ルール)[^。\n]{0,6}(?:無視|忘れ)",
    r"(?:上記|以上|これまで)(?:の[^。\n]{0,6})?[をは](?:すべて|全て)?(?:無視(?:して|しろ|せよ)|忘れ(?:て|ろ))",
    r"(?:지시|명령|지침|프롬프트)\S*\s*(?:\S+\s+){0,2}(?:무시|잊어)",
    r"(?:위의?|앞의?|이전의?)\s*(?:모든\s*)?(?:내용|글|말|대화)\S*\s+(?:\S+\s+){0,1}(?:무시하|무시해|잊어)",
    r"(?:تجاهل|انس)\s+(?:\S+\s+){0,2}(?:التعليمات|الأوامر|الإرشادات|تعليمات|ما سبق|أعلاه)",
    r"دستور\S*\s+(?:\S+\s+){0,3}(?:نادیده|فراموش)",
    r"(?:התעלם|התעלמי|התעלמו|שכח|שכחי|שכחו)\s+(?:\S+\s+){0,2}\S{0,3}(?:הוראות|הנחיות)",
    r"(?:निर्देश|निर्देशों|आदेश|आदेशों)\s+(?:को\s+)?(?:अनदेखा|नज़रअंदाज़|नजरअंदाज|भूल)",
    r"(?:ऊपर|पिछल\S*)\s+(?:\S+\s+){0,4}(?:अनदेखा|नज़रअंदाज़|नजरअंदाज)\s+कर",
    r"নির্দেশ\S*\s+(?:\S+\s+){0,2}(?:উপেক্ষা|ভুলে)",
    r"(?:ละเว้น|เพิกเฉย|ไม่ต้องสนใจ|ลืม)\S{0,12}(?:คำสั่ง|คำแนะนำ)",
    r"(?:αγνόησ[εέ]|αγνοήστε|ξέχνα|ξεχάστε)\s+(?:\S+\s+){0,4}(?:οδηγί|εντολ)",
    r"(?:bỏ qua|phớt lờ|quên)\s+(?:\S+\s+){0,4}(?:hướng dẫn|chỉ dẫn|chỉ thị|mệnh lệnh)\s+(?:\S+\s+){0,1}(?:trước|trên)",
)
OTHERS_GATE = (
    "(?i)игнорируй|забудь|ігноруй|忽略|无视|忘记|忘掉|忘記|無視|忽視|忘れ|무시|잊어|تجاهل|انس|نادیده|فراموش|התעלמ|התעלם|שכח|"
    "निर्देश|आदेश|अनदेखा|नज़रअंदाज़|नजरअंदाज|উপেক্ষা|ভুলে|ละเว้น|เพิกเฉย|ไม่ต้องสนใจ|ลืม|αγνόησ|αγνοήστε|ξέχνα|ξεχάστε|"
    "bỏ qua|phớt lờ|quên|<｜"
)
LEADING = np.zeros(256, bool)  # bytes of which each of the others has one
LEADING[[0xCE, 0xCF, 0xD0, 0xD1, 0xD7, 0xD8, 0xD9, 0xDA, 0xDB, 0xE0, 0xE1, *range(0xE3, 0xF0)]] = True
