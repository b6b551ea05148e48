"""What a text says: its conclusion, what it affirms, denies and leaves open.

A rule belongs where its question is asked. In the order in which an answer is read:

- `refusal` (patterns in `refusals`), `declining`: does it say that it has no answer?
- `conclusion`: which part of it decides?
- `polarity`, `named` with `lettered`: does it say yes or no, or take a choice?
- `polarity` asks `echoed`, where the sentence speaks of what was asked, with `opposites`.
- `golds`: what may a gold be said as? `aliases`: by which other name? `written`: where must it be written so?
- `gives`: which part is compared with which gold; `equal`: is it the gold and nothing else?
- `affirms`: does it affirm the gold? `places` finds it word for word, `names`, `partly`, `shortened` and
  `regions` a name in another form, `letters` a single letter, `sentence` in other words.
- `stance` with `denial`, `lists`: denied, or one of several? `roles`, `aside`, `figures` (with `sums`): of another
  role or thing? `elsewhere` (with `clauses`): does another clause tell what is asked?
- `kin`, `marks`, `verbs`, `words`: what these rules share.

How one number, date or word is written is no matter of this room, but of `text.values`.
"""
