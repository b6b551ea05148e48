"""Phrases that a language model leaves in its answers and people hardly ever write, by kind and place."""

from typing import Literal

# Two engines read these, RE2 and Python's. RE2's \b knows ASCII letters alone, so it stands beside no other letter.
Place = Literal["anywhere", "head", "foot"]

SELF = (  # the model says what it is
    r"\bas an? (?:AI|artificial intelligence)(?:[ -](?:powered|based))?(?: language| chat| text)?"
    r" (?:model|assistant|chatbot|program)\b",
    r"\bas an? AI,? I\b",
    r"\bas an? (?:large )?language model,? (?:I|my)\b",
    r"\bI(?:['’]m| am) (?:just |only |merely |simply )?an? (?:AI (?:language model|model|assistant|chatbot|program)"
    r"|(?:large )?language model)\b",
    r"\bI(?:['’]m| am) (?:ChatGPT|GPT-[0-9])",
    r"\bI(?:['’]m| am) (?:Claude|Gemini|Qwen|DeepSeek|Llama|Mistral|Grok|Copilot|Bard|Kimi|ChatGLM)[\w. -]{0,12},? "
    r"(?:an? (?:AI|artificial|large|language)\b|(?:made|created|built|developed|trained) by\b)",
    r"\bas an AI (?:(?:developed|created|trained|made|built) by|system,? I)\b",
    r"\bas (?:an artificial intelligence|a text-based AI),? (?:I|my)\b|\bfor me,? as an AI,",
    r"\bI(?:['’]m| am) (?:just |only |merely |simply )?an AI(?:[,.;] (?:so |and |but )?(?:I|my)\b"
    r"| and (?:I )?(?:do not|don['’]t|cannot|can['’]t)\b)",
    r"\bI was (?:trained|created|developed|built) by (?:Google|OpenAI|Anthropic|Meta AI|Mistral|Alibaba|DeepSeek)\b",
    r"\b(?:ich bin ein (?:KI-)?Sprachmodell|je suis un modèle de langage|soy un modelo de lenguaje"
    r"|sou um modelo de linguagem|sono un modello (?:linguistico|di linguaggio))\b",
    r"AIとして、?(?:私|わたし)",
    r"\bals (?:ein(?:e)? )?(?:KI[- ]?)?Sprachmodell(?: der KI)?,? (?:kann|habe|bin|verfüge)\b",
    r"\bals KI(?:-(?:Modell|Assistent))?,? (?:kann|habe|bin|verfüge) ich\b",
    r"\ben tant qu(?:e |['’])(?:modèle (?:de langage|linguistique|d['’]IA)|assistant (?:IA|virtuel)"
    r"|IA\b|intelligence artificielle)",
    r"\bcomo (?:una? )?(?:modelo de (?:lenguaje|IA|inteligencia artificial)|IA|inteligencia artificial)(?: de IA)?,? "
    r"(?:no|yo|mi|estoy|puedo|carezco|entrenad[oa]|desarrollad[oa])\b",
    r"\bcomo (?:uma? )?(?:modelo de (?:linguagem|IA)|IA|inteligência artificial)(?: de IA)?,? "
    r"(?:não|eu|meu|minha|estou|posso|treinad[oa]|desenvolvid[oa])\b",
    r"\b(?:come|in quanto|essendo) (?:un )?(?:modello (?:linguistico|di linguaggio)|intelligenza artificiale|IA)"
    r"(?: AI| di IA)?,? (?:non|io|posso|sono|mi)\b",
    r"\bals (?:een )?(?:AI-?)?taalmodel,? (?:kan|heb|ben) ik\b",
    r"как (?:языковая модель|искусственный интеллект|ИИ|модель ИИ|ИИ-модель),? я ",
    r"я (?:всего лишь |просто |— )?(?:большая )?(?:языковая модель|искусственный интеллект)",
    r"作为(?:一个|一名|一款)?(?:AI|人工智能|大型|大)?(?:语言模型|人工智能助手|AI ?助手)",
    r"作為(?:一個|一名|一款)?(?:AI|人工智慧|大型)?(?:語言模型|人工智慧助理|AI ?助理)",
    r"AI(?:言語モデル|アシスタント|モデル)として|私は、?(?:AI|人工知能|大規模言語モデル|言語モデル)",
    r"(?:저는|나는) (?:AI|인공지능|언어 ?모델)|AI (?:언어 ?모델|어시스턴트)(?:로서|로써|이기)",
    r"(?:بصفتي|باعتباري) (?:نموذج|مساعد|ذكاء)",
    r"(?:एआई|AI) (?:भाषा )?मॉडल के रूप में",
    r"\bbir (?:yapay zek[aâ]|dil)(?: dil)? modeli olarak",
    r"\bjako (?:model językowy|sztuczna inteligencja|asystent AI),? (?:nie|mogę|jestem|mam) ",
    r"\blà một mô hình ngôn ngữ",
    r"\bsebagai (?:model bahasa|asisten AI|AI),? saya\b",
)
REFUSAL = (  # it says what it will not do
    r"\bI(?:['’]m| am) sorry,? but I (?:can(?:not|['’]t)|am (?:unable|not able) to) "
    r"(?:fulfil|assist|comply|help with (?:that|this)|generate|provide|create|answer|engage)",
    r"\bI (?:can(?:not|['’]t)|am unable to|am not able to|won['’]t) (?:fulfill?|comply with|assist (?:you )?with) "
    r"(?:your|this|that|such|the) request",
    r"\bI (?:do not|don['’]t) have (?:access to )?(?:real-?time|up-to-date) (?:information|data|access)",
    r"\bI (?:do not|don['’]t) have personal (?:opinions|beliefs|feelings|emotions|preferences|experiences)\b",
    r"\bI (?:can(?:not|['’]t)|am (?:unable|not able) to) (?:directly )?(?:browse the (?:internet|web)|access "
    r"(?:the internet|live data|real-?time (?:data|information)|external (?:links|websites)))\b",
    r"\bich kann (?:diese|deine|ihre) (?:anfrage|bitte) (?:leider )?nicht (?:erfüllen|beantworten)",
    r"\bje ne (?:peux|suis) pas (?:en mesure de )?(?:répondre à|satisfaire|accéder à) (?:cette|votre) "
    r"(?:demande|requête)",
    r"\bno puedo (?:cumplir|ayudar(?:te|le)?|atender) (?:con )?(?:esa|esta|su|tu) (?:solicitud|petición)",
    r"\bnão posso (?:atender|cumprir|ajudar com) (?:a )?(?:essa|esta|sua|esse) (?:solicitação|pedido)",
    r"\bnon posso (?:soddisfare|aiutarti con) (?:questa|la tua) richiesta",
    r"я не могу (?:выполнить|помочь с) (?:этот|эту|ваш|этим|вашу) (?:запрос|просьб)",
    r"(?:抱歉|对不起)[，,]?(?:但)?我(?:无法|不能)(?:满足|提供|协助|帮助|完成)",
    r"申し訳ありませんが、(?:その|この|ご)(?:要求|リクエスト|依頼)",
)
CUTOFF = (  # it says when its knowledge ends
    r"\bas of my (?:last|latest|most recent|knowledge|training)[ -](?:(?:knowledge|training)[ -])?"
    r"(?:update|cut-?off|data)\b",
    r"\bmy (?:knowledge|training)(?: data)? (?:cut-?off|(?:only )?(?:goes|extends) up to|was last updated)",
    r"\bmy training data\b",
    r"\bmein Wissensstand (?:reicht|endet)|\bmes connaissances s['’]arrêtent",
    r"\bmi (?:conocimiento|información) (?:se limita a|llega) hasta|\bmi fecha de corte",
    r"我的(?:知识|训练数据|知識)(?:截止|截至|更新)|截至我(?:的|最后)",
)
MARK = (  # marks of a chat program's tools
    r"\boaicite\b|:contentReference\[|【[0-9]+(?::[0-9]+)?†|\bturn[0-9]+(?:search|view|news)[0-9]+",
    r"utm_source=(?:chatgpt\.com|openai)|\bRegenerate response\b",
)
REVISED = (  # it hands over another version
    r"(?:^|\n)\W{0,3}Here(?:['’]s| is) (?:a|an|the|your) (?:[a-z]+,? ){0,2}(?:revised|rewritten|improved|polished"
    r"|refined|shortened|corrected|paraphrased|simplified|condensed|expanded) (?:[a-z]+ ){0,2}"
    r"(?:version|text|paragraph|essay|summary|draft|translation|rewrite)\b",
)
OPENING = (  # the first words of an answer to an order
    r"^\W{0,3}(?:Certainly|Sure(?: thing)?|Of course|Absolutely|Gladly)[!,.] "
    r"(?:Here|Below (?:is|are)\b|I(?:['’]d| would) be (?:happy|glad) to\b|I(?:['’]ll| can) help\b)",
    r"^\W{0,3}(?:Natürlich|Gerne|Selbstverständlich)[!,.] Hier (?:ist|sind)\b",
    r"^\W{0,3}(?:Bien sûr|Certainement|Avec plaisir) ?[!,.] Voici\b",
    r"^\W{0,3}(?:Claro|Por supuesto|Desde luego)(?: que sí)?[!,.] (?:Aquí|A continuación) ",
    r"^\W{0,3}(?:Claro|Com certeza)[!,.] (?:Aqui|A seguir) ",
    r"^\W{0,3}(?:Certo|Certamente)[!,.] Ecco\b",
    r"^\W{0,3}(?:Конечно|Разумеется)[!,.] Вот ",
    r"^\W{0,3}(?:当然|好的)(?:可以)?[！!，,。](?:以下|下面)",
    r"^\W{0,3}(?:もちろんです|かしこまりました)[！!。]",
)
ECHO = (  # the order itself, at the head of the answer
    r"^\W{0,3}(?:Please )?(?:Rewrite|Paraphrase|Summari[sz]e|Translate|Proofread) (?:the following|this) [^\n:]{0,60}:",
)
OFFER = (  # the last words: what it would do next
    r"(?:\bLet me know if you(?:['’]d| would) like (?:me to|any (?:changes|adjustments|modifications|revisions))"
    r"|\bWould you like me to)\b[^\n]{0,150}$",
)
FIRST_TAG = (  # a template's token at the head
    r"^\s*(?:<\|[a-zA-Z_]{2,24}\|>|\[/?INST\]|<</?SYS>>|<(?:start|end)_of_turn>|</?think>|<s>"
    r"|#{2,3} ?(?:Response|Instruction|Assistant|Human)\b ?:|(?:Assistant|ChatGPT) ?: )",
)
LAST_TAG = (  # or at the foot
    r"(?:<\|[a-zA-Z_]{2,24}\|>|\[/?INST\]|<</?SYS>>|<(?:start|end)_of_turn>|</think>|</s>"
    r"|\n#{2,3} ?(?:Response|Instruction|Human|User)\b ?:|\n(?:Human|User) ?:)\s*$",
)
FENCE = (r"^\s*```[^\n]*\n(?:[^`]|`[^`]|``[^`])*\n```\s*$",)  # one fence around the whole

PHRASES: tuple[tuple[str, Place, tuple[str, ...]], ...] = (
    ("says that it is a model", "anywhere", SELF),
    ("a refusal", "anywhere", REFUSAL),
    ("a knowledge cutoff", "anywhere", CUTOFF),
    ("a mark of a chat program", "anywhere", MARK),
    ("hands over a version", "anywhere", REVISED),
    ("answers an order", "head", OPENING),
    ("repeats an order", "head", ECHO),
    ("a chat tag", "head", FIRST_TAG),
    ("offers more", "foot", OFFER),
    ("a chat tag", "foot", LAST_TAG),
    ("a fence around the whole", "anywhere", FENCE),
)
