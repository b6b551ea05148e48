"""GGUF: a language model in one file, weights and words, as llama.cpp reads it."""
