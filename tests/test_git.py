"""Git merges ledgers row by row once a clone is set up."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

import clones
import ledgers
from clones import commit, git, pull, write
from conftest import Run
from hazardctl.journals import journal
from hazardctl.merging import crossing, questions
from ledgers import as_csv, content, edited, edits
from office import HEADINGS, SOUND, ledger

OTHER = SOUND.replace("H7K3-M9QX-2FPD", "H9PX-2222-3333")


def twins(folder: Path, data: bytes) -> tuple[Path, Path]:
    one = clones.origin(folder / "one", data)
    return one, clones.clone(one, folder / "two")


@pytest.mark.parametrize("seed", range(4))
def test_two_clones_come_to_the_same_ledger(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    base = ledgers.new_rows(chance, 6)
    one, two = twins(tmp_path, as_csv(base))
    mine, yours = edits(chance, base), edits(chance, base)
    write(one, as_csv(edited(base, mine)))
    write(two, as_csv(edited(base, yours), chance))
    commit(one, "one")
    commit(two, "two")
    done = pull(two)
    asked = two / "units" / "a" / "ledger.conflicts.csv"
    assert (done.returncode == 0) is not asked.exists(), done.stderr
    data = (two / "units" / "a" / "ledger.csv").read_bytes()
    assert b"<<<<<<<" not in data
    assert content(data).keys() >= (base.keys() - mine.deleted - yours.deleted) | mine.added.keys() | yours.added.keys()


def test_a_cell_changed_twice_is_asked_and_the_rest_is_merged(tmp_path: Path, run: Run) -> None:
    one, two = twins(tmp_path, ledger(SOUND, OTHER).encode())
    write(one, ledger(SOUND.replace("张三", "李四"), OTHER.replace("更换门禁", "加装监控")).encode())
    write(two, ledger(SOUND.replace("张三", "王五"), OTHER).encode())
    commit(one, "one")
    commit(two, "two")
    done = pull(two)
    assert done.returncode == 1
    assert "ledger.conflicts.csv" in done.stderr + done.stdout
    assert git(two, "status", "--porcelain").stdout.splitlines()[0] == "UU units/a/ledger.csv"
    unit = two / "units" / "a"
    assert unit.joinpath("ledger.csv").read_bytes().decode() == ledger(SOUND, OTHER.replace("更换门禁", "加装监控"))
    asked = questions.read((unit / "ledger.conflicts.csv").read_bytes(), "")
    assert [(one.id, one.field, one.base, one.ours, one.theirs) for one in asked] == [
        ("H7K3-M9QX-2FPD", "owner", "张三", "王五", "李四")
    ]
    stopped = run("--campaign", two, "rollup")
    assert stopped.code == 3
    assert "ledger.conflicts.csv" in stopped.err
    assert run("--campaign", two, "rollup", "--allow-incomplete").code != 3
    assert run("--campaign", two, "resolve", "a", "--choose", "theirs").code == 0
    assert unit.joinpath("ledger.csv").read_bytes().decode().splitlines()[1] == SOUND.replace("张三", "李四")
    assert (unit / "merged" / "ledger.conflicts.csv").is_file()
    commit(two, "resolved")
    assert git(one, "pull", "-q", "--no-edit", str(two), "main").returncode == 0


def test_histories_that_cross_ask_only_what_is_open_now(tmp_path: Path) -> None:
    one, two = twins(tmp_path, ledger(SOUND).encode())
    for clone, owner in ((one, "李四"), (two, "王五")):
        write(clone, ledger(SOUND.replace("张三", owner)).encode())
        commit(clone, owner)
    heads = [git(clone, "rev-parse", "HEAD").stdout.strip() for clone in (one, two)]
    git(one, "fetch", "-q", str(two), "main")
    git(two, "fetch", "-q")
    for clone, head in ((one, heads[1]), (two, heads[0])):
        git(clone, "merge", "-q", "--no-commit", head)
        (clone / "units/a/ledger.conflicts.csv").unlink()
        write(clone, ledger(SOUND.replace("张三", "李四")).encode())
        commit(clone, "settled")
    write(one, ledger(SOUND.replace("张三", "李四").replace("更换门禁", "加锁")).encode())
    commit(one, "later")
    done = pull(two)
    assert done.returncode == 0, done.stderr
    assert not (two / "units/a/ledger.conflicts.csv").exists()
    assert (two / "units/a/ledger.csv").read_text(encoding="utf-8").count("加锁") == 1


@pytest.mark.parametrize("other", [OTHER, OTHER.replace("更换门禁", "加装监控")], ids=["untouched", "changed"])
def test_a_change_taken_back_where_histories_cross_and_made_again_is_not_undone_unasked(
    other: str, tmp_path: Path
) -> None:
    """Git makes its base without the driver where one of the two left the file as it was."""
    one, two = twins(tmp_path, ledger(SOUND, OTHER).encode())
    changed = SOUND.replace("张三", "李四")
    write(one, ledger(changed, OTHER).encode())
    write(two, ledger(SOUND, other).encode())
    for clone in (one, two):
        clone.joinpath("note.txt").write_text(clone.name, encoding="utf-8")
        commit(clone, "first")
    heads = [git(clone, "rev-parse", "HEAD").stdout.strip() for clone in (one, two)]
    git(one, "fetch", "-q", str(two), "main")
    git(two, "fetch", "-q")
    for clone, head in ((one, heads[1]), (two, heads[0])):
        git(clone, "merge", "-q", "--no-commit", head)
        clone.joinpath("note.txt").write_text("both", encoding="utf-8")
        write(clone, ledger(SOUND, other).encode())
        commit(clone, "taken back")
    write(one, ledger(changed.replace("更换门禁", "加锁"), other).encode())
    write(two, ledger(SOUND, other.replace("办公室", "保卫科")).encode())
    commit(one, "made again")
    commit(two, "something else")
    assert pull(two).returncode == 1
    unit = two / "units/a"
    asked = questions.read((unit / "ledger.conflicts.csv").read_bytes(), "")
    assert [(one.id, one.field, one.ours, one.theirs) for one in asked] == [("H7K3-M9QX-2FPD", "owner", "张三", "李四")]
    merged = (unit / "ledger.csv").read_text(encoding="utf-8")
    assert "保卫科" in merged
    assert "加锁" in merged


def crossed(one: Path, two: Path, owners: tuple[str, str], settled: str) -> None:
    """Let two clones change one cell, merge each other's change, and settle it in the same way."""
    for clone, owner in ((one, owners[0]), (two, owners[1])):
        write(clone, ledger(SOUND.replace("张三", owner), OTHER).encode())
        commit(clone, owner)
    heads = [git(clone, "rev-parse", "HEAD").stdout.strip() for clone in (one, two)]
    git(one, "fetch", "-q", str(two), "main")
    git(two, "fetch", "-q")
    for clone, head in ((one, heads[1]), (two, heads[0])):
        git(clone, "merge", "-q", "--no-commit", head)
        write(clone, ledger(SOUND.replace("张三", settled), OTHER).encode())
        git(clone, "clean", "-qfdx")
        commit(clone, "settled")


@pytest.mark.parametrize("size", [5, 32])
def test_marks_of_another_size_than_usual_change_nothing(size: int, tmp_path: Path) -> None:
    base = clones.origin(tmp_path / "base", ledger(SOUND, OTHER).encode())
    attributes = base / ".gitattributes"
    attributes.write_text(attributes.read_text(encoding="utf-8") + f"* conflict-marker-size={size}\n", encoding="utf-8")
    commit(base, "marks")
    one, two = clones.clone(base, tmp_path / "one"), clones.clone(base, tmp_path / "two")
    git(two, "remote", "set-url", "origin", str(one))
    crossed(one, two, ("李四", "王五"), "赵六")
    write(one, ledger(SOUND.replace("张三", "赵六").replace("更换门禁", "加锁"), OTHER).encode())
    write(two, ledger(SOUND.replace("张三", "赵六"), OTHER.replace("更换门禁", "加锁")).encode())
    commit(one, "one")
    commit(two, "two")
    assert pull(two).returncode == 0
    assert not (two / "units/a/ledger.conflicts.csv").exists()
    git(one, "pull", "-q", "--no-edit", str(two), "main")
    write(one, ledger(SOUND.replace("张三", "钱七"), OTHER).encode())
    write(two, ledger(SOUND.replace("张三", "孙八"), OTHER).encode())
    commit(one, "one")
    commit(two, "two")
    assert pull(two).returncode == 1
    asked = questions.read((two / "units/a/ledger.conflicts.csv").read_bytes(), "")
    assert [(one.field, one.ours, one.theirs) for one in asked if one.field == "owner"] == [("owner", "孙八", "钱七")]


def test_a_merge_that_a_rebase_does_anew_knows_that_histories_crossed(tmp_path: Path) -> None:
    """Such a merge names its head in a file, and not as `git merge` does."""
    one, two = twins(tmp_path, ledger(SOUND, OTHER).encode())
    crossed(one, two, ("李四", "王五"), "赵六")
    settled, emptied = SOUND.replace("张三", "赵六"), SOUND.replace("张三", "")
    write(one, ledger(settled, OTHER.replace("办公室", "保卫科")).encode())
    commit(one, "another")
    upstream = git(two, "rev-parse", "HEAD").stdout.strip()
    write(two, ledger(emptied, OTHER.replace("更换门禁", "加锁")).encode())
    commit(two, "emptied")
    pull(two)
    both = OTHER.replace("更换门禁", "加锁").replace("办公室", "保卫科")
    write(two, ledger(emptied, both).encode())
    git(two, "clean", "-qfdx")
    commit(two, "merged")
    git(two, "checkout", "-q", "-b", "onto", upstream)
    (two / "note.txt").write_text("x", encoding="utf-8")
    commit(two, "onto")
    git(two, "checkout", "-q", "main")
    done = git(two, "rebase", "--rebase-merges", "--onto", "onto", upstream)
    unit = two / "units/a"
    assert "保卫科" in (unit / "ledger.csv").read_text(encoding="utf-8")
    assert "conflicts.csv" in done.stderr
    asked = questions.read((unit / "ledger.conflicts.csv").read_bytes(), "")
    assert [(one.field, {one.ours, one.theirs}) for one in asked] == [("owner", {"", "赵六"})]


CELLS = ("category=1", "measures=m", "department=d", "owner=o", "deadline=2022-11-30", "status=整改中")


def kept_own(clone: Path, head: str) -> None:
    """Merge another's work, and keep one's own ledger: what the other did in it is dropped."""
    git(clone, "merge", "-q", "--no-commit", "--no-ff", head)
    git(clone, "checkout", "HEAD", "--", "units/a/ledger.csv")
    commit(clone, "mine is right")


@pytest.mark.parametrize("taken", ["one", "two"])
def test_a_row_that_git_drops_without_asking_the_driver_is_missed_by_the_next_command(
    taken: str, tmp_path: Path, run: Run
) -> None:
    """Where a side is the same as the base, git takes the other one; the journals of both are merged all the same."""
    one, two = twins(tmp_path, ledger(SOUND, OTHER).encode())
    for clone in (one, two):
        assert run("--campaign", clone, "add", "a", f"description={clone.name}", *CELLS).code == 0
        commit(clone, clone.name)
    heads = [git(clone, "rev-parse", "HEAD").stdout.strip() for clone in (one, two)]
    git(one, "fetch", "-q", str(two), "main")
    git(two, "fetch", "-q")
    keeps, merges = (one, two) if taken == "one" else (two, one)
    kept_own(keeps, heads[keeps == one])
    assert git(merges, "merge", "-q", "--no-edit", "--no-ff", heads[merges == one]).returncode == 0
    assert run("--campaign", merges, "check").code != 3
    git(merges, "add", "-A")
    git(merges, "commit", "-q", "-m", "noticed")
    assert git(merges, "pull", "-q", "--no-rebase", "--no-edit", str(keeps), "main").returncode == 0
    path = merges / "units/a/ledger.csv"
    assert merges.name not in path.read_text(encoding="utf-8")
    assert run("--campaign", merges, "rollup").code == 3
    told = run("--campaign", merges, "check").out
    assert "J101" in told
    assert run("--campaign", merges, "restore", "a").code == 0
    text = path.read_text(encoding="utf-8")
    assert "one" in text
    assert "two" in text
    assert run("--campaign", merges, "rollup").code != 3


@pytest.mark.parametrize("writers", [("a", "b"), ("b", "a")], ids=" ".join)
@pytest.mark.parametrize("begun", [False, True])
def test_a_cell_that_git_takes_back_without_asking_the_driver_is_missed_by_the_next_command(
    writers: tuple[str, str], begun: bool, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever's lines come first, and whether or not both journals began as one."""
    monkeypatch.setattr(journal, "writer", lambda root: writers[root.name == "two"])
    one = clones.origin(tmp_path / "one", ledger(SOUND, OTHER).encode())
    if begun:
        run("--campaign", one, "check")
        commit(one, "seen")
    two = clones.clone(one, tmp_path / "two")
    assert run("--campaign", one, "set", "a", "H7K3", "owner=李四").code == 0
    assert run("--campaign", two, "set", "a", "H9PX", "notes=乙").code == 0
    for clone in (one, two):
        commit(clone, clone.name)
    git(two, "fetch", "-q", str(one), "main")
    kept_own(two, "FETCH_HEAD")
    assert git(one, "pull", "-q", "--no-edit", str(two), "main").returncode == 0
    path = one / "units/a/ledger.csv"
    assert "李四" not in path.read_text(encoding="utf-8")
    for clone in (one, two):
        assert "J105" in run("--campaign", clone, "check").out
        assert run("--campaign", clone, "rollup").code == 3
    assert run("--campaign", one, "restore", "a").code == 0
    text = path.read_text(encoding="utf-8")
    assert "李四" in text
    assert "乙" in text
    assert run("--campaign", one, "rollup").code != 3


@pytest.mark.parametrize("writers", [("a", "b"), ("b", "a")], ids=" ".join)
@pytest.mark.parametrize("change", ["owner=李四", "result="])
def test_what_two_journals_saw_apart_is_no_older_version(
    writers: tuple[str, str], change: str, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "writer", lambda root: writers[root.name == "two"])
    wide = f"{HEADINGS},整改结果\n{SOUND},好\n{OTHER},\n"
    one, two = twins(tmp_path, wide.encode())
    assert run("--campaign", one, "check").code == 1
    assert run("--campaign", two, "set", "a", "H7K3", change).code == 0
    for clone in (one, two):
        commit(clone, clone.name)
    assert git(one, "pull", "-q", "--no-rebase", "--no-edit", str(two), "main").returncode == 0
    for clone in (one, two):
        assert "J1" not in run("--campaign", clone, "check").out


def test_git_is_asked_once_whether_two_commits_have_one_base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = twins(tmp_path, ledger(SOUND, OTHER).encode())
    for clone, changed in (
        (one, (SOUND, OTHER.replace("张三", "李四"))),
        (two, (SOUND.replace("张三", "王五"), OTHER)),
    ):
        write(clone, ledger(*changed).encode())
        commit(clone, "changed")
    head = git(one, "rev-parse", "HEAD").stdout.strip()
    assert pull(two).returncode == 0
    monkeypatch.setenv(f"GITHEAD_{head}", "main")
    monkeypatch.chdir(two)
    words = two / ".git" / "hazardctl" / "words.json"
    assert crossing.bases(str(words)) == []
    monkeypatch.setattr(crossing, "_git", lambda *_: b"1" * 40 + b"\n" + b"2" * 40)
    assert crossing.bases(str(words)) == []
    assert crossing.bases() == ["1" * 40, "2" * 40]
    words.with_name(crossing.NOTE).write_bytes(b"\xff")
    assert crossing.bases(str(words)) == ["1" * 40, "2" * 40]


def test_a_conflict_file_stays_in_its_clone(tmp_path: Path, run: Run) -> None:
    one, two = twins(tmp_path, ledger(SOUND).encode())
    for clone, owner in ((one, "李四"), (two, "王五")):
        write(clone, ledger(SOUND.replace("张三", owner)).encode())
        commit(clone, owner)
    assert pull(two).returncode
    commit(two, "unresolved")
    assert "conflicts" not in git(two, "ls-files").stdout
    assert run("--campaign", two, "check").code == 1
    write(one, ledger(SOUND.replace("张三", "赵六")).encode())
    commit(one, "again")
    done = pull(two)
    assert "overwritten" not in done.stderr
    assert (two / "units/a/ledger.conflicts.csv").exists()


def test_what_two_clones_set_aside_under_one_name_does_not_stand_in_the_way_of_a_merge(
    tmp_path: Path, run: Run
) -> None:
    clones_of_it = twins(tmp_path, ledger(SOUND).encode())
    for clone in clones_of_it:
        unit = clone / "units" / "a"
        assert run("--campaign", clone, "journal", "note").code == 0
        for name in ("merged/ledger.conflicts", "merged/ledger.conflicts-2"):
            for suffix in (".csv", ".xlsx"):
                (unit / "merged").mkdir(exist_ok=True)
                (unit / f"{name}{suffix}").write_text(clone.name, encoding="utf-8")
        for _ in range(2):
            (unit / "ledger.csv").write_bytes(f'{HEADINGS}\r\n"{clone.name}'.encode())
            assert run("--campaign", clone, "restore", "a").code == 0
        assert len(list((unit / "replaced").iterdir())) == 2
        commit(clone, clone.name)
    assert pull(clones_of_it[1]).returncode == 0


def test_a_file_that_cannot_be_merged_is_left_to_git(tmp_path: Path) -> None:
    one, two = twins(tmp_path, ledger(SOUND).encode())
    write(one, ledger(SOUND.replace("张三", "李四")).encode())
    write(two, ledger('"' + SOUND).encode())
    commit(one, "one")
    commit(two, "two")
    done = pull(two)
    assert done.returncode not in (0, None)
    assert (two / "units" / "a" / "ledger.csv").read_bytes().startswith(HEADINGS.encode())
    assert not (two / "units" / "a" / "ledger.conflicts.csv").exists()


def test_a_difference_is_shown_by_field(tmp_path: Path) -> None:
    one = clones.origin(tmp_path / "one", ledger(SOUND, OTHER).encode())
    write(one, ledger(OTHER, SOUND.replace("张三", "李四")).encode("gb18030"))
    shown = git(one, "diff").stdout
    assert "+owner: 李四" in shown


def test_the_hook_keeps_errors_out_of_a_commit(tmp_path: Path, run: Run) -> None:
    one = clones.origin(tmp_path / "one", ledger(SOUND).encode())
    assert run("--campaign", one, "git", "setup", "--hook").code == 0
    write(one, ledger(SOUND.replace("2022-09-06", "某天")).encode())
    git(one, "add", "-A")
    refused = git(one, "commit", "-m", "broken")
    assert refused.returncode == 1
    assert "L205" in refused.stderr
    write(one, ledger(SOUND.replace("张三", "李四")).encode())
    git(one, "add", "-A")
    assert git(one, "commit", "-m", "sound").returncode == 0


@pytest.mark.parametrize(
    ("name", "broken", "code"),
    [
        ("units/a/figures.csv", "period,key,value\n2022-08,走访人次,很多\n", "G105"),
        ("units.csv", "id,name,parent\na,甲,没有\nb,乙,\n", "U"),
        ("campaign.yaml", "name: 活动\nchecklist: trial@1\nlocale: xx\n", "C104"),
        ("campaign.yaml", "name: 活动\nchecklist: none@9\n", "none@9"),
        ("checklists/trial/1.yaml", "id: trial\n", "C"),
    ],
)
def test_the_hook_looks_at_figures_units_and_the_campaign_as_they_are_staged(
    name: str, broken: str, code: str, tmp_path: Path, run: Run
) -> None:
    one = clones.origin(tmp_path / "top" / "one", ledger(SOUND).encode())
    assert run("--campaign", one, "git", "setup", "--hook").code == 0
    path = one / name
    sound = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(broken, encoding="utf-8")
    git(one, "add", "-A")
    if sound:  # what is staged counts, not what lies in the folder
        path.write_text(sound, encoding="utf-8")
    else:
        path.unlink()
    refused = git(one, "commit", "-m", "broken")
    assert refused.returncode
    assert code in refused.stderr
    git(one, "add", "-A")
    done = git(one, "commit", "--allow-empty", "-m", "sound")
    assert done.returncode == 0, done.stderr


def test_setting_up_twice_changes_nothing(tmp_path: Path, run: Run) -> None:
    one = clones.origin(tmp_path / "one")
    (one / ".gitignore").write_text("mine\n" + (one / ".gitignore").read_text(encoding="utf-8"), encoding="utf-8")
    again = run("--campaign", one, "git", "setup", "--dry-run")
    assert again.code == 0
    git(one, "config", "--unset", "merge.hazardctl.driver")
    assert run("--campaign", one, "git", "setup", "--dry-run").code == 4
    assert run("--campaign", one, "doctor").code == 1
    assert run("--campaign", one, "git", "setup").code == 0
    assert run("--campaign", one, "doctor").code == 0


def test_somebody_elses_hook_stays(tmp_path: Path, run: Run) -> None:
    one = clones.origin(tmp_path / "one")
    hook = one / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\ntrue\n", encoding="utf-8")
    told = run("--campaign", one, "git", "setup", "--hook")
    assert told.code == 3
    assert "hazardctl.merging.gitdriver" in told.err
    assert hook.read_text(encoding="utf-8") == "#!/bin/sh\ntrue\n"


def test_outside_a_repository_there_is_nothing_to_set_up(tmp_path: Path, run: Run) -> None:
    from office import campaign

    campaign(tmp_path / "one", {})
    assert run("--campaign", tmp_path / "one", "git", "setup").code == 3
