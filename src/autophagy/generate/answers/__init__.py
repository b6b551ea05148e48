"""Answers: a row is answered several times, and the best answer becomes its output."""
