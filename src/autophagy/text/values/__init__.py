"""Texts as values: words, numbers with their units, dates and times, however they are written.

- `forms`: signs and markup in one form, with `shorthand`, `chinese` and `commas`.
- `tokens`: the text cut into each `token`, by `quantities` (`numbers`, `units`), `dates` and `spellings` (`arabic`);
  `together`: what two of them mean.
- `same`: whether two tokens say the same.
- `algebra` with `functions`, `intervals`: formulas, which are worked out.
"""
