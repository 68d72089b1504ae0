from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from phonoscope.batch import BatchOptions, load_template, make_videos, read_table
from phonoscope.batch.reporting import MANIFEST
from phonoscope.core.errors import OutputError, SceneError, StoppedError, UsageError
from phonoscope.scene.document.reading import ReadScene
from tests.batch.tables import DOCUMENT, Studio, render_text

ROWS = "name,colour\nAnna,red\nBob,\nCarl,blurple\nDora,green\n"


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    return Studio(tmp_path)


def statuses(report: Any) -> dict[int, str]:
    return {outcome.row: outcome.status for outcome in report.outcomes}


def test_one_video_a_row(studio: Studio) -> None:
    report = studio.make(ROWS)
    assert statuses(report) == {2: "made", 3: "made", 4: "failed", 5: "made"}
    assert studio.names() == {"Anna.mp4", "Bob.mp4", "Dora.mp4"}
    assert '"Hello Anna!"' in (studio.out / "Anna.mp4").read_text()
    assert '"navy"' in (studio.out / "Bob.mp4").read_text()
    (failed,) = report.failed
    assert (failed.output, failed.path) == ("Carl.mp4", "variables.colour")
    assert "blurple" in failed.reason and "no colour" in failed.reason
    assert any(note.startswith("Row 4: ") for note in studio.notes)


def test_reports_in_both_forms(studio: Studio) -> None:
    studio.make("name,colour\n=cmd(),red\nBob,+1\n")
    report = json.loads((studio.out / "report.json").read_text("utf-8"))
    assert (report["rows"], report["made"], report["failed"]) == (2, 1, 1)
    assert report["outcomes"][0] | {"reason": ""} == {
        "row": 2, "status": "made", "output": "=cmd().mp4", "reason": "", "path": "", "duration_s": 1.5,
    }  # fmt: skip
    with (studio.out / "report.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    assert [line["row"] for line in lines] == ["2", "3"]
    assert lines[0]["output"] == "'=cmd().mp4"


def test_what_is_finished_is_kept(studio: Studio) -> None:
    studio.make(ROWS)
    report = studio.make(ROWS)
    assert studio.rendered == []
    assert statuses(report) == {2: "kept", 3: "kept", 4: "failed", 5: "kept"}


def test_what_has_changed_is_made_anew(studio: Studio) -> None:
    studio.make(ROWS)
    studio.make(ROWS.replace("Anna,red", "Anna,blue"))
    assert studio.rendered == ["Anna.mp4"]
    studio.make(ROWS.replace("Carl,blurple\n", ""))
    assert studio.rendered == ["Anna.mp4"]
    studio.make(ROWS, written=("draft",))
    assert studio.rendered == ["Anna.mp4", "Bob.mp4", "Dora.mp4"]
    studio.document = DOCUMENT.replace("Hello", "Goodbye")
    studio.make(ROWS)
    assert len(studio.rendered) == 3


def test_a_changed_file_makes_its_videos_anew(studio: Studio) -> None:
    studio.document = DOCUMENT.replace('"background"', '"effects": ["{{sound}}"], "background"')
    for name in ("a", "b"):
        (studio.folder / f"{name}.mp3").write_bytes(b"ID3" + bytes(99))
    rows = f"name,sound\nAnna,{studio.folder}/a.mp3\nBob,{studio.folder}/b.mp3\n"
    assert not studio.make(rows).failed
    (studio.folder / "b.mp3").write_bytes(b"ID3" + bytes(100))
    studio.make(rows)
    assert studio.rendered == ["Bob.mp4"]


def test_files_beside_the_table_are_found(studio: Studio, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    (studio.folder / "a.mp3").write_bytes(b"ID3" + bytes(99))
    (tmp_path / "elsewhere" / "b.mp3").write_bytes(b"ID3" + bytes(99))
    data = json.loads(DOCUMENT)
    data["variables"]["sound"] = {"kind": "sound"}
    data["scenes"][0]["effects"] = ["{{sound}}"]
    studio.document = json.dumps(data)
    report = studio.make("name,sound\nAnna,a.mp3\nBob,b.mp3\nCarl,c.mp3\n")
    assert statuses(report) == {2: "made", 3: "made", 4: "failed"}
    assert "there is no file" in report.failed[0].reason


@pytest.mark.parametrize("error", [KeyboardInterrupt, StoppedError("Stopped.")])
def test_a_run_that_is_stopped_goes_on_where_it_was(studio: Studio, error: BaseException) -> None:
    def stop(read: ReadScene, output: Path) -> None:
        if output.name == "Dora.mp4":
            raise error

    studio.before = stop
    with pytest.raises((KeyboardInterrupt, StoppedError)) as caught:
        studio.make(ROWS)
    if isinstance(caught.value, KeyboardInterrupt):
        assert "goes on" in caught.value.__notes__[-1]
    report = json.loads((studio.out / "report.json").read_text("utf-8"))
    assert [outcome["status"] for outcome in report["outcomes"]] == ["made", "made", "failed", "waiting"]
    studio.before = lambda read, output: None
    studio.make(ROWS)
    assert studio.rendered == ["Dora.mp4"]


def test_a_video_that_was_cut_off_or_is_gone_is_made_anew(studio: Studio) -> None:
    studio.make(ROWS)
    (studio.out / "Anna.mp4").unlink()
    manifest = studio.out / MANIFEST
    manifest.write_text(manifest.read_text() + '{"output": "Dora')
    studio.make(ROWS)
    assert studio.rendered == ["Anna.mp4"]


def test_a_video_that_was_made_but_not_noted_is_made_anew(studio: Studio) -> None:
    studio.make(ROWS)
    manifest = studio.out / MANIFEST
    lines = [line for line in manifest.read_text().splitlines() if not ("Dora" in line and "finished" in line)]
    manifest.write_text("\n".join(lines))
    assert statuses(studio.make(ROWS))[5] == "made"
    assert studio.rendered == ["Dora.mp4"]


def test_a_file_in_the_place_of_a_video_that_failed_is_left_alone(studio: Studio) -> None:
    studio.make("name\nBROKEN\n")
    (studio.out / "BROKEN.mp4").write_text("my own")
    assert "exists already" in studio.make("name\nBROKEN\n").failed[0].reason
    assert (studio.out / "BROKEN.mp4").read_text() == "my own"


def test_files_of_others_are_left_alone(studio: Studio) -> None:
    studio.out.mkdir()
    (studio.out / "Anna.mp4").write_text("my own")
    (studio.out / "Bob.mp4").symlink_to(studio.folder / "nowhere")
    report = studio.make(ROWS)
    assert statuses(report) == {2: "failed", 3: "failed", 4: "failed", 5: "made"}
    assert "exists already" in report.failed[0].reason
    assert (studio.out / "Anna.mp4").read_text() == "my own"
    assert not studio.make(ROWS.replace("Carl,blurple\n", ""), overwrite=True).failed
    assert len(studio.rendered) == 3
    assert "Hello Anna" in (studio.out / "Anna.mp4").read_text()


def test_a_changed_video_of_ours_counts_as_somebody_elses(studio: Studio) -> None:
    studio.make(ROWS)
    (studio.out / "Anna.mp4").write_text("edited by hand")
    assert "exists already" in studio.make(ROWS).failed[0].reason


def test_a_renderer_that_fails_ends_only_its_row(studio: Studio) -> None:
    report = studio.make("name\nAnna\nBROKEN\nBob\n")
    assert statuses(report) == {2: "made", 3: "failed", 4: "made"}
    assert report.failed[0].reason == "Something unexpected happened: RuntimeError: no more film."


def test_a_dry_run_writes_nothing(studio: Studio) -> None:
    report = studio.make(ROWS, dry_run=True)
    assert statuses(report) == {2: "waiting", 3: "waiting", 4: "failed", 5: "waiting"}
    assert not studio.out.exists()
    assert studio.rendered == []


def test_rows_of_several_processes_are_the_same(studio: Studio) -> None:
    rows = studio.folder / "rows.csv"
    rows.write_text(ROWS + "BROKEN,red\n")
    template = load_template(DOCUMENT, studio.folder)
    options = BatchOptions("{{name}}.mp4", jobs=2)
    report = make_videos(template, (read_table(rows), studio.folder), studio.out, render_text, options)
    assert statuses(report) == {2: "made", 3: "made", 4: "failed", 5: "made", 6: "failed"}
    assert "no more film" in report.failed[1].reason
    assert studio.names() == {"Anna.mp4", "Bob.mp4", "Dora.mp4"}


def test_extra_columns_are_noted_and_may_name_videos(studio: Studio) -> None:
    studio.make("Name,Customer No\nAnna,17\n", name="{{customer no}}.mp4")
    assert studio.names() == {"17.mp4"}
    assert studio.notes == ["Columns that the document does not use: Customer No."]


def test_columns_are_matched_whatever_their_spelling(studio: Studio) -> None:
    studio.document = DOCUMENT.replace("name", "first_name")
    studio.make("First Name,COLOUR\nAnna,red\n", name="{{row}}.mp4")
    assert '"Hello Anna!"' in (studio.out / "0002.mp4").read_text()


def test_columns_that_are_missing_are_told_before_anything_is_made(studio: Studio) -> None:
    with pytest.raises(UsageError, match="no column for name"):
        studio.make("nme,colour\nAnna,red\n")
    assert not studio.out.exists()
    assert not studio.make("colour\nred\n", {"name": "Eve"}, name="{{row}}.mp4").failed
    assert "Hello Eve" in (studio.out / "0002.mp4").read_text()


def test_values_for_all_that_nothing_takes_are_refused(studio: Studio) -> None:
    with pytest.raises(UsageError, match="Did you mean colour"):
        studio.make("name\nAnna\n", {"color": "red"})


def test_rows_win_over_values_for_all(studio: Studio) -> None:
    studio.make("name,colour\nAnna,\nBob,red\n", {"colour": "gold"})
    assert '"gold"' in (studio.out / "Anna.mp4").read_text()
    assert '"red"' in (studio.out / "Bob.mp4").read_text()


def test_folders_that_cannot_be(studio: Studio) -> None:
    studio.out.write_text("")
    with pytest.raises(OutputError, match="is a file"):
        studio.make(ROWS)


def test_broken_documents_are_told_at_once(studio: Studio) -> None:
    studio.document = "{"
    with pytest.raises(SceneError, match="ends too early"):
        studio.make(ROWS)


def test_jobs_out_of_range() -> None:
    with pytest.raises(UsageError):
        BatchOptions(jobs=99)
    assert partial(BatchOptions, jobs=2)().jobs == 2


STOPPING = """
import os, signal, sys, time
from pathlib import Path
from phonoscope.batch import BatchOptions, load_template, make_videos, read_table
from tests.batch.tables import DOCUMENT, Studio, render_text

def render(read, output):
    if output.name == "Slow.mp4":
        try:
            (output.parent / "begun").touch()
            time.sleep(3600)
        finally:
            # As a pool does that has lost another process meanwhile.
            os.kill(os.getpid(), signal.SIGTERM)
            (output.parent / "cleaned").touch()
    return render_text(read, output)

def stop(event):
    if getattr(event, "done", 0) and event.stage == "batch":
        while not Path("out/begun").exists():
            time.sleep(0.01)
        os.kill(os.getpid(), signal.Signals[sys.argv[1]])

if __name__ == "__main__":
    # A shell that runs the tests in the background has it ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    Path("rows.csv").write_text("name\\nAnna\\nSlow\\nBob\\nCarl\\nDora\\n")
    table = read_table(Path("rows.csv")), Path()
    try:
        make_videos(load_template(DOCUMENT, Path()), table, Path("out"), render, BatchOptions("{{name}}.mp4", 2), stop)
    except KeyboardInterrupt:
        sys.exit(7)
"""


def run_script(text: str, tmp_path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a script; what it has started holds its output, and has to end too."""
    root = Path(__file__).parents[2]
    script = tmp_path / "stopping.py"
    script.write_text(text)
    return subprocess.run(
        [sys.executable, script, *arguments],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": f"{root}{os.pathsep}{root / 'src'}"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.skipif(os.name != "posix", reason="processes are ended by a signal")
def test_processes_end_when_the_first_one_is_killed(tmp_path: Path) -> None:
    ran = run_script(STOPPING, tmp_path, "SIGKILL")
    assert ran.returncode == -signal.SIGKILL
    assert not (tmp_path / "out" / "Slow.mp4").exists()


def test_processes_that_are_stopped_clean_up(tmp_path: Path) -> None:
    ran = run_script(STOPPING, tmp_path, "SIGINT")
    assert ran.returncode == 7, ran.stderr
    assert (tmp_path / "out" / "cleaned").exists()
    assert not (tmp_path / "out" / "Slow.mp4").exists()
    report = json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))
    made = [outcome["output"] for outcome in report["outcomes"] if outcome["status"] == "made"]
    assert "Slow.mp4" not in made and made
