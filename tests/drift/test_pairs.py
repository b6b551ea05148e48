from autophagy.drift.pairs import pair, unpaired_tasks
from drifting import log, said


def paired(before, after):
    (task,) = pair(log(before), log(after), "m", "m")
    return task


def test_prompts_are_told_by_their_ids_and_the_rest_is_counted():
    task = paired([said("[yes]", n) for n in (1, 2, 3)], [said("[no]", n) for n in (3, 4, 2, 5)])
    assert [prompt.question.id for prompt in task.prompts] == ["q2", "q3"]
    assert (task.only_before, task.only_after, task.changed) == (1, 2, 0)


def test_several_answers_to_a_prompt_stay_together():
    task = paired([said("[yes]", 1, sample=k) for k in range(3)], [said("[no]", 1)])
    assert [len(side) for side in (task.prompts[0].before, task.prompts[0].after)] == [3, 1]


def test_a_prompt_whose_text_changed_is_set_aside():
    other = said("[no]", 1)
    object.__setattr__(other.question, "text", "Is 1 something else?")
    task = paired([said("[yes]", 1), said("[yes]", 2)], [other, said("[no]", 2)])
    assert ([p.question.id for p in task.prompts], task.changed) == (["q2"], 1)


def test_where_no_id_is_common_the_text_tells():
    other = said("[no]", 1)
    object.__setattr__(other.question, "id", "another")
    task = paired([said("[yes]", 1)], [other])
    assert len(task.prompts) == 1
    assert not task.only_before


def test_tasks_of_one_side_are_named():
    assert unpaired_tasks(log([said("[yes]", 1)]), log([]), "m", "m") == ["primes"]
    assert pair(log([said("[yes]", 1)]), log([]), "m", "m") == []
