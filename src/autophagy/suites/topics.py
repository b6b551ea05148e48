"""Topics: everyday things to write about, and questions that one answers with yes, no or maybe."""

FORMS = (
    "Write a short article about {topic}.",
    "Write a letter to a friend about {topic}.",
    "Explain to a beginner what matters about {topic}.",
    "Write a blog post about {topic}.",
    "Tell a short story about {topic}.",
    "Write a guide for visitors about {topic}.",
)
_TOPICS = """
baking bread at home; a walk in the rain; learning to swim as an adult; the first day at a new school; keeping bees; a
long journey by train; growing tomatoes on a balcony; how to sleep better; a visit to a museum; moving to a new town;
repairing an old bicycle; the colours of autumn; cooking for many guests; living with a dog; a night under the stars;
choosing a good book; the history of coffee; a market in the morning; learning to play the piano; a storm at sea;
saving water in the kitchen; a day without a telephone; the work of a librarian; planting a tree; a village football
club; the life of a river; making jam; how clouds form; a lost umbrella; writing a diary; running a small shop; old
photographs of a family; the sounds of a city; a winter holiday; sharing a flat; how to tell a good joke; a
grandmother's recipe; watching birds; the first spring flowers; crossing a desert
"""
TOPICS = tuple(" ".join(topic.split()) for topic in _TOPICS.split(";"))
_QUESTIONS = """
Is a tomato a fruit? Can a person live without sleep? Is it healthy to walk every day? Do fish sleep? Is chess a sport?
Should children learn to cook at school? Is tea better than coffee? Can dogs see colours? Will it snow next winter?
Is the sea warmer in autumn than in spring? Should shops be closed on Sundays? Can plants hear music?
"""
QUESTIONS = tuple(f"{question.strip()}?" for question in _QUESTIONS.split("?") if question.strip())
WORDS = (
    "window", "garden", "morning", "silver", "winter", "bridge", "letter", "music", "paper", "summer", "stone", "river",
    "market", "candle", "harbour", "mountain", "kitchen", "weather", "neighbour", "evening",
)  # fmt: skip
PHRASES = ("That is all for today.", "Now it is your turn.", "Thank you for reading.", "What do you think?")
