import pytest
from click.testing import CliRunner

from bot.cli import frontdesk
from bot.content import DATA
from bot.rasa import bringing, taking


def write(files, root):
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


def went_round(root, tmp_path, number):
    """Return what a project is after an import and an export."""
    brought = bringing.bring(root, "en", DATA).files
    own = write(brought, tmp_path / f"own{number}")
    return taking.take(own, "en").files


def test_the_second_round_trip_changes_no_byte(project, tmp_path):
    first = went_round(project(), tmp_path, 1)
    second = went_round(write(first, tmp_path / "out"), tmp_path, 2)
    assert second == first


def test_comments_stay(project, tmp_path):
    files = went_round(project(), tmp_path, 1)
    assert "# as written" in files["domain/domain.yml"]
    assert "# the only question" in files["domain/responses.yml"]


def test_what_could_not_be_taken_over_goes_back(project, tmp_path):
    files = went_round(project(), tmp_path, 1)
    assert "custom" in files["aside/responses.yml"]
    assert "whatever else" in files["data/rules.yml"]
    assert "a table, and no" in files["tests/test_stories.yml"]


def test_what_comes_with_frontdesk_can_go_along(tmp_path):
    own = write({"nlu/en/greet.yml": "nlu: []\n"}, tmp_path)
    files = taking.take(own, "en", DATA).files
    assert files["data/nlu/en/greet.yml"] == "nlu: []\n"
    assert "intent: greet" in files["data/frontdesk/nlu/en/greet.yml"]
    assert "order_status" in files["domain/frontdesk/domain.yml"]


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FRONTDESK_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("FRONTDESK_LANGUAGES", "en")
    return lambda *words: CliRunner().invoke(frontdesk, [str(one) for one in words])


def test_the_commands_bring_and_take(run, project, tmp_path):
    came = run("import", "rasa", project())
    assert came.exit_code == 0, came.output
    assert "left: domain.yml:34: utter_booked" in came.output
    went = run("export", "rasa", tmp_path / "back")
    assert went.exit_code == 0, went.output
    assert (tmp_path / "back" / "domain" / "domain.yml").exists()


def test_files_that_are_there_are_not_written_over(run, project, tmp_path):
    mine = write({"domain.yml": "intents: [mine]\n"}, tmp_path / "home" / "data")
    came = run("import", "rasa", project())
    assert came.exit_code == 1
    assert "domain.yml is there already" in came.output
    assert (mine / "domain.yml").read_text() == "intents: [mine]\n"
    assert not (mine / "flows").exists()
    assert run("import", "rasa", project(), "--replace").exit_code == 0


def test_nothing_is_written_through_a_link(run, project, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "home" / "data").mkdir(parents=True)
    (tmp_path / "home" / "data" / "flows").symlink_to(tmp_path / "elsewhere")
    came = run("import", "rasa", project())
    assert came.exit_code == 1
    assert "behind, a link" in came.output
    assert not any((tmp_path / "elsewhere").iterdir())


def test_a_folder_without_a_project_is_refused(run, tmp_path):
    (tmp_path / "empty").mkdir()
    came = run("import", "rasa", tmp_path / "empty")
    assert came.exit_code == 1
    assert "holds no Rasa project" in came.output
