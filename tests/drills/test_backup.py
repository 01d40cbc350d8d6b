"""What a backup promises: whole or not at all, nothing kept twice, nothing put over something else."""

import json
import shutil
from pathlib import Path

import pytest

from tests.support.postgres import free_port
from tests.support.site import PACK, Site

pytestmark = pytest.mark.slow  # a process for each command
WORDS = ("audit-key", "confidential-key", "mask-key", "secret-key")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site with a city and two files of photos; nothing runs."""
    made = Site(tmp_path_factory.mktemp("home"), free_port())
    made.command("migrate", "--verbosity", "0")
    made.command("city", "load", str(PACK))
    made.command("audit", "sequence")
    photos = made.var / "media" / "photos"
    photos.mkdir(parents=True)
    (photos / "a-240.jpg").write_bytes(b"\xff\xd8\xff" + b"a" * 500)
    (photos / "b-240.jpg").write_bytes(b"\xff\xd8\xff" + b"b" * 500)
    return made


@pytest.fixture(scope="module")
def backups(home: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one backup."""
    folder = tmp_path_factory.mktemp("backups") / "rembug"
    home.command("backup", str(folder))
    return folder


@pytest.fixture
def copied(backups: Path, tmp_path: Path) -> Path:
    """A copy of it, to be damaged."""
    return Path(shutil.copytree(backups, tmp_path / "copy"))


def fresh(folder: Path) -> Site:
    """A place where nothing has been yet."""
    made = Site(folder / "fresh", free_port())
    made.var.mkdir()
    return made


def one(folder: Path) -> Path:
    """Return the only backup of a folder."""
    (found,) = folder.glob("20*")
    return found


def test_only_its_owner_may_read_it_and_the_keys_are_in_it(backups: Path) -> None:
    assert backups.stat().st_mode & 0o077 == 0
    keys = sorted((one(backups) / "keys").iterdir())
    assert [key.name for key in keys] == [*WORDS]
    assert all(key.stat().st_mode & 0o077 == 0 for key in keys)


def test_a_changed_byte_anywhere_is_found_and_nothing_is_restored(copied: Path, tmp_path: Path) -> None:
    whole = one(copied)
    photo = next((copied / "photos").glob("??/*"))
    place = fresh(tmp_path)
    for file in (whole / "database.sqlite3", whole / "photos.json", whole / "keys" / "mask-key", photo):
        before = file.read_bytes()
        file.write_bytes(before[:-2] + b"?" + before[-1:])
        with pytest.raises(RuntimeError, match="is damaged"):
            place.command("restore", str(copied))
        file.write_bytes(before)
    assert not (place.var / "rembug.sqlite3").exists()
    assert "sound: " in place.command("restore", str(copied))


def test_a_half_made_backup_is_no_backup(copied: Path, home: Site, tmp_path: Path) -> None:
    one(copied).rename(copied / ".making-2026-01-01T00-00-00Z")
    with pytest.raises(RuntimeError, match="holds no backup"):
        fresh(tmp_path).command("restore", str(copied))
    home.command("backup", str(copied))  # and the next run clears it away
    assert [path.name for path in copied.glob(".making-*")] == []


def test_a_restore_refuses_a_database_that_holds_something_and_when_forced_keeps_it(
    copied: Path, home: Site, tmp_path: Path
) -> None:
    place = Site(Path(shutil.copytree(home.var, tmp_path / "busy")), free_port())
    with pytest.raises(RuntimeError, match="not empty"):
        place.command("restore", str(copied))
    place.command("restore", str(copied), "--force")
    assert len([*place.var.glob("rembug.sqlite3.before-*")]) == 1


def test_another_mask_key_in_the_environment_is_refused(copied: Path, tmp_path: Path) -> None:
    place = fresh(tmp_path)
    place.settings = {"MASK_KEY": "another one"}
    with pytest.raises(RuntimeError, match="MASK_KEY in the environment is not the backup's"):
        place.command("restore", str(copied))


def test_the_restored_site_has_the_same_keys(copied: Path, home: Site, tmp_path: Path) -> None:
    place = fresh(tmp_path)
    place.command("restore", str(copied))
    for name in WORDS:
        assert (place.var / name).read_bytes() == (home.var / name).read_bytes()
        assert (place.var / name).stat().st_mode & 0o077 == 0


def test_a_backup_of_newer_code_is_refused_with_its_version(copied: Path, tmp_path: Path) -> None:
    manifest = one(copied) / "manifest.json"
    said = json.loads(manifest.read_text())
    said["facts"]["migrations"].append("reports.9999_from_the_future")
    manifest.write_text(json.dumps(said))
    with pytest.raises(RuntimeError, match="newer than this code"):
        fresh(tmp_path).command("restore", str(copied))


def test_photos_are_kept_once_and_those_that_nobody_names_any_more_go(home: Site, copied: Path) -> None:
    pool = copied / "photos"
    inodes = {path.name: path.stat().st_ino for path in pool.glob("??/*")}
    assert len(inodes) == 2
    gone = home.var / "media" / "photos" / "b-240.jpg"
    kept = gone.read_bytes()
    gone.unlink()
    try:
        home.command("backup", str(copied), "--keep", "1")
    finally:
        gone.write_bytes(kept)
    left = {path.name: path.stat().st_ino for path in pool.glob("??/*")}
    assert len(left) == 1
    assert left.items() <= inodes.items()
    assert len([*copied.glob("20*")]) == 1
