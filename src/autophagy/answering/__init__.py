"""How a model answers: prompts go in, texts come out with their tokens, seconds and failures.

A language model is anything that completes prompts: one of this machine (`local`), or one behind an address that speaks
OpenAI's language (`served`). `run` has a model answer questions and writes the log.
"""
