"""Read back with a tracker's own library what it has kept: python readers.py NAME FOLDER prints it as JSON.

Each reader returns the number of runs, the figures as [name, step, value], the facts of the spec and the verdict.
"""

import json
import sys
from pathlib import Path


def tensorboard(folder):
    """The event files of the run's folder, as TensorBoard itself accumulates them."""
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    (place,) = folder.glob("*/tensorboard")
    events = EventAccumulator(str(place))
    events.Reload()
    points = [[tag, each.step, each.value] for tag in events.Tags()["scalars"] for each in events.Scalars(tag)]
    texts = {tag: events.Tensors(tag)[-1].tensor_proto.string_val[0].decode() for tag in events.Tags()["tensors"]}
    config = json.loads(texts["spec/text_summary"].strip("`\n"))
    return {"runs": 1, "points": points, "config": config, "verdict": texts["verdict/text_summary"], "done": True}


def mlflow(folder):
    """The runs of the experiment, in the store that MLflow makes by itself."""
    from mlflow import MlflowClient

    client = MlflowClient()
    runs = client.search_runs([client.get_experiment_by_name("autophagy").experiment_id])
    (run,) = runs
    names = run.data.metrics
    points = [
        [each.key, each.step, each.value] for name in names for each in client.get_metric_history(run.info.run_id, name)
    ]
    verdict = run.data.tags["mlflow.note.content"]
    done = run.info.status == "FINISHED"
    return {"runs": len(runs), "points": points, "config": run.data.params, "verdict": verdict, "done": done}


def trackio(folder):
    """The runs of the project in Trackio's local store."""
    from trackio.sqlite_storage import SQLiteStorage

    (run,) = SQLiteStorage.get_runs("autophagy")
    logs = SQLiteStorage.get_logs("autophagy", run)
    points = [[name, row["step"], value] for row in logs for name, value in row.items() if "/" in name]
    verdict = SQLiteStorage.get_alerts("autophagy", run_name=run)[0]["text"]
    config = SQLiteStorage.get_run_config("autophagy", run)
    return {"runs": 1, "points": points, "config": config, "verdict": verdict, "done": True}


def wandb(folder):
    """The files of an offline run, which its parts share the id of: records of protobuf in a LevelDB log."""
    from wandb.proto.wandb_internal_pb2 import Record

    ids, points, config, verdict, done = set(), [], {}, "", False
    for path in sorted(folder.glob("wandb/offline-run-*/*.wandb"), key=lambda path: path.stat().st_mtime):
        for data in _leveldb(path.read_bytes()):
            record = Record()
            record.ParseFromString(data)
            if record.HasField("run"):
                ids.add(record.run.run_id)
                config |= {item.key: json.loads(item.value_json) for item in record.run.config.update}
            if record.HasField("history"):
                row = {item.key or item.nested_key[0]: json.loads(item.value_json) for item in record.history.item}
                step = row.get("generation", row.get("look"))
                points += [[name, step, value] for name, value in row.items() if "/" in name]
            if record.HasField("summary"):
                verdict = next((json.loads(i.value_json) for i in record.summary.update
                                if "verdict" in (i.key, *i.nested_key)), verdict)  # fmt: skip
            if record.HasField("exit"):
                done = record.exit.exit_code == 0
    return {"runs": len(ids), "points": points, "config": config, "verdict": verdict, "done": done}


def _leveldb(content):
    """The records of a log: blocks of 32 KiB, behind seven bytes of W&B's own, hold parts of them."""
    at, whole = 7, b""
    while at + 7 <= len(content):
        size, kind = int.from_bytes(content[at + 4 : at + 6], "little"), content[at + 6]
        whole += content[at + 7 : at + 7 + size]
        at += 7 + size
        if kind in (1, 4):  # a full record, or the last part of one
            yield whole
            whole = b""
        if 32768 - at % 32768 < 7:
            at += 32768 - at % 32768


if __name__ == "__main__":
    sys.stdout.write(json.dumps(globals()[sys.argv[1]](Path(sys.argv[2]))))
