"""What is left to `make test`: `make check` has the rest, in under two minutes on two idle cores.

A test belongs here where it takes half a second of processor time and more, or is the first to load a large library;
`pytest --durations=20 -m "not slow"` shows the next ones.
"""

FILES = (  # files and folders whose tests train models, simulate long chains, start processes or open a browser
    *("models", "arms", "compare", "answering", "testing", "features", "report/loop", "forecast/engines"),
    *("forecast/calibrate", "forecast/map", "forecast/test_answers.py", "loop/test_texts.py", "loop/test_teacher.py"),
    *("test_closed_forms.py", "test_faults.py", "test_docs.py", "test_bad_input.py", "context", "metrics"),
    *("data/test_any_table.py", "data/test_html.py", "data/test_load.py", "graders/test_written_answers.py"),
    *("report/test_curves.py", "report/test_hostile.py", "results/test_every_verb.py", "diff/test_counts.py"),
    "report/test_every_page.py",
    "test_extras.py",
    "test_bench.py",
    "cli/test_told.py",
    *("report/view", "trackers", "diff/test_chance.py", "test_wheel.py"),
    *("statistics/test_daily_looks.py", "statistics/test_unseen.py", "statistics/test_pilot.py"),
    *(
        "generate/variety/test_intervals.py",
        "cli/test_own_writers.py",
        "cli/test_shells.py",
        "graders/test_inspect_scorer.py",
    ),
    *("drift/test_kills.py", "drift/test_end_to_end.py", "drift/test_local.py", "drift/watch/test_workflow.py"),
    *("curate/test_curate.py", "curators/machine/test_share.py", "curators/machine/test_machine.py"),
    *("results/test_result.py", "generate/test_adapting.py", "scale/test_workers.py"),
    *("audit/test_audit.py", "curators/test_coverage.py", "data/logs/test_llmdrift.py", "generate/test_bad_servers.py"),
)

TESTS = {  # single tests by file
    # they start Python anew
    "cli/test_cli.py": (
        "test_an_output_that_nobody_reads_is_no_fault",
        "test_an_output_that_cannot_be_written_is_one_sentence",
        "test_progress_that_nobody_reads_does_not_stop_a_run",
        "test_a_gate_and_a_fault_have_their_exit_code_though_nobody_reads_on",
        "test_messages_that_find_no_room_do_not_stop_a_run",
        "test_an_interrupt_while_python_text_runs_is_one_sentence",
        "test_a_plain_script_needs_no_guard",
    ),
    "cli/test_generate_verifiers.py": (
        "test_code_is_run_against_the_tests_that_the_instruction_holds",
        "test_a_resumed_run_gives_the_same_rows_and_counts",
    ),
    "cli/test_manners.py": ("test_every_shell_has_a_script_that_knows_the_verbs",),
    "loop/test_shared_beginning.py": ("test_three_regimes_share_it_in_a_folder",),
    # they load torch, inspect_ai, scikit-learn, numba or Matplotlib
    "loop/test_diverged.py": ("test_a_neural_chain_that_runs_away_leaves_the_others_as_they_were",),
    "ask/test_ask.py": ("test_a_real_model_that_never_ends_gives_no_answer",),
    "data/logs/test_read_log.py": ("test_a_log_of_inspect_is_read_with_its_scores_epochs_and_choices",),
    "curators/duplicates/test_hashes.py": ("test_compiled_code_gives_the_same_hashes_and_signatures",),
    "results/test_save.py": (
        "test_in_grey_nothing_has_a_colour_and_in_colour_something_has",
        "test_equal_results_make_equal_bytes_and_nothing_else_is_left",
    ),
    # they count how often something happens by chance
    "drift/test_compare.py": (
        "test_an_unchanged_model_is_rarely_called_changed",
        "test_repeated_answers_of_an_unchanged_model_are_rarely_called_changed",
    ),
    "drift/watch/test_look.py": (
        "test_no_recorded_answer_is_ever_used_twice",
        "test_pairs_hold_the_recorded_mark_and_the_new_one",
        "test_a_late_change_of_fixed_prompts_is_held_against_the_looks_before_it_too",
    ),
    "statistics/test_betting.py": (
        "test_an_interval_covers_the_truth_at_all_looks_together",
        "test_an_interval_excludes_no_change_where_the_evidence_alarms",
        "test_a_band_is_harder_to_leave_than_a_point",
    ),
    "statistics/test_corrected.py": ("test_the_interval_covers_where_the_plain_one_does_not",),
    "loop/test_verdict.py": (
        "test_changes_are_rarely_decided_where_there_is_none",
        "test_leads_are_rarely_decided_where_nothing_changes",
        "test_early_signs_are_rare_where_there_is_none",
    ),
    # they read whole data sets, or texts so long that whoever goes through them twice for each word would not end
    "data/test_questions.py": ("test_squad_reads_whole",),
    "generate/answers/test_chosen.py": (
        "test_of_four_recorded_solutions_the_most_frequent_is_right_as_often_as_is_known",
    ),
    "graders/readings/test_number.py": (
        "test_every_recorded_solution_of_gsm8k_is_read_as_it_was_marked",
        "test_the_published_models_of_gsm8k_compare_as_they_were_found_to",
    ),
    "graders/readings/test_bracketed.py": ("test_without_their_brackets_real_answers_are_read_as_with_them",),
    "graders/test_graders.py": ("test_the_scores_of_eight_published_systems",),
    "graders/test_marked_by_hand.py": ("test_a_person_agrees_with_95_of_100_marks",),
    "graders/test_reader_failures.py": (
        "test_of_40_000_tokens_reads_the_end",
        "test_ends_on_forty_thousand_signs_of_any_kind",
        "test_ends_on_40_000_tokens",
    ),
    # they go through whole runs several times
    "cli/test_answers.py": ("test_a_run_that_is_resumed_pays_neither_writer_nor_judge_again",),
    "cli/test_export.py": ("test_without_a_kind_a_paper_gets_pdfs_and_latex_in_the_run_folder",),
    "cli/test_record.py": (
        "test_a_snapshot_is_compared_with_a_later_one_and_listed",
        "test_it_goes_on_by_its_own_spec",
    ),
    "cli/test_generate.py": (
        "test_how_the_calls_were_shared_is_drawn_where_they_came_to_several_looks_at_the_pool",
        "test_the_rows_open_again_and_go_into_a_loop",
        "test_rows_beyond_those_that_are_wanted_are_new_ones_too",
        "test_an_estimate_ends_after_a_pilot_and_says_what_all_rows_will_cost",
        "test_a_preview_ends_after_so_many_calls",
        "test_a_preview_is_gone_on_with_from_call_to_call_and_ends_as_the_run_would",
        "test_what_a_preview_brought_is_not_the_end_of_the_run",
    ),
    "curators/duplicates/test_copies.py": (
        "test_the_order_of_rows_the_chunks_and_the_memory_change_nothing",
        "test_copies_are_found_as_often_as_the_bands_promise",
    ),
    "data/stream/test_formats.py": (
        "test_a_large_list_is_read_value_by_value",
        "test_a_packed_file_that_breaks_off_keeps_whole_rows_and_says_so",
    ),
    "report/audit/test_page.py": ("test_many_rows_make_no_large_page",),
    "report/diff/test_page.py": ("test_comparisons_and_forecasts_have_one_too",),
    "runs/test_run.py": ("test_a_comparison_that_runs_out_of_memory_leaves_no_folder",),
}
