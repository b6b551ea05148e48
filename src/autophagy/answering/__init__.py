"""How a model answers: prompts go in, texts come out with their tokens, seconds and failures.

A reader is anything that completes prompts: a local model (`local`), or an address that speaks OpenAI's language
(`endpoint`). `run` has a reader answer questions and writes the log; `injection` counts whose orders it obeys.
"""
