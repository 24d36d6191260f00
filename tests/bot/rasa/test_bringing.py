import pytest

from bot import content
from bot.rasa.project import LARGEST
from bot.rasa.report import ProjectError
from bot.scripts.files import parse
from flows.domain import load
from flows.files import parse as parse_yaml


def why(report, what):
    return [one.why for one in report.left if what in one.what]


def test_every_example_pattern_and_synonym_is_taken_byte_by_byte(bring):
    brought = bring(**{"data/nlu.yml": "nlu:\n- intent: hi\n  examples: |\n    - hi\n"})
    assert brought.files["nlu/en/nlu.yml"].startswith("nlu:\n- intent: hi\n")


def test_what_a_project_says_is_counted(bring):
    report = bring().report
    assert report.taken["examples"] == report.found["examples"] == 7
    assert report.taken["synonyms"] == report.taken["patterns"] == 1
    assert (report.taken["responses"], report.found["responses"]) == (5, 6)
    assert report.taken["tests"] == 2


def test_what_is_left_is_told_with_file_line_and_reason(bring):
    report = bring().report
    [custom] = [one for one in report.left if one.what == "utter_booked"]
    assert (custom.file, custom.line) == ("domain.yml", 34)
    assert "'blocks' is not sent" in custom.why
    assert why(report, "whatever else") == ["who is not understood gets a person here"]


def test_what_is_left_is_kept_so_that_it_can_go_back(bring):
    files = bring().files
    assert "custom" in files["rasa/aside/responses.yml"]
    assert "whatever else" in files["rasa/data/rules.yml"]
    assert "pipeline" in files["rasa/config.yml"]


def test_nothing_of_the_passwords_is_taken(bring):
    brought = bring()
    assert not any("hunter2" in text for text in brought.files.values())
    assert any("credentials.yml" in note for note in brought.report.notes)


def test_a_bad_example_leaves_the_good_ones(bring):
    bad = 'nlu:\n- intent: hi\n  examples: |\n    - hi\n    - to [x]{"role": 1}\n'
    brought = bring(**{"data/nlu.yml": bad})
    assert why(brought.report, "intent hi")[0].startswith("the entity marked on [x]")
    assert "- hi" in brought.files["nlu/en/nlu.yml"]
    assert "role" not in brought.files["nlu/en/nlu.yml"]
    assert '"role"' in brought.files["rasa/aside/data/nlu.yml"]


def test_values_that_are_only_marked_are_found(bring):
    marked = bring().files["nlu/en/marked_entities.yml"]
    assert "lookup: room" in marked
    assert "- downstairs" in marked


def test_the_faq_becomes_the_shops_faq(bring):
    files = bring().files
    assert "faq/parking" in files["faq/en.yml"]
    assert "Behind the house" in files["faq/en.yml"]
    assert "parking" not in files["nlu/en/nlu.yml"]


def test_a_form_becomes_a_flow_with_what_follows_it(bring):
    flow = parse_yaml(bring().files["flows/table_form.yml"], "f").contents["flows"]
    steps = flow["table_form"]["steps"]
    assert steps[0] == {"collect": "guests", "utter": "utter_ask_table_form_guests"}
    assert [s["action"] for s in steps[1:]] == ["action_book", "utter_booked"]


def test_stories_that_begin_alike_become_one_flow_with_a_way_for_each_answer(bring):
    brought = bring()
    flow = parse_yaml(brought.files["flows/opening.yml"], "f").contents["flows"]
    [asked] = flow["opening"]["steps"]
    assert asked["utter"] == "utter_opening"
    assert [way.get("if") for way in asked["next"]] == [
        "slots.opening_answer is 'yes_please'",
        "slots.opening_answer is 'no_thanks'",
        None,
    ]
    domain = load([parse_yaml(brought.files["domain.yml"], "domain.yml")])
    assert domain.slots["opening_answer"].values == ("yes_please", "no_thanks")


def test_what_is_said_inside_a_form_is_a_way_of_its_own(bring):
    text = bring().files["flows/no_thanks.yml"]
    assert "context.interrupted is 'table_form'" in text
    assert "action_cancel_interrupted_flows" in text


def test_a_flow_that_can_not_run_is_left_alone_with_its_reason(bring):
    bad = "rules:\n- rule: x\n  steps: [{intent: opening}, {action: action_gone}]\n"
    brought = bring(**{"data/rules.yml": bad})
    assert "unknown action 'action_gone'" in why(brought.report, "flow opening")[0]
    assert "flows/opening.yml" not in brought.files


def test_flows_of_the_project_stand_before_what_its_stories_tell(bring):
    flows = """\
        flows:
          opening:   # ours
            description: When we are open.
            steps:
            - action: utter_opening
        """
    files = bring(**{"data/flows.yml": flows}).files
    assert "# ours" in files["flows/flows.yml"]
    assert "flows/opening.yml" not in files


def test_tests_become_scripts_that_stand_in_for_actions(bring):
    text = bring().files["conversations/rasa_tests_test_stories.yml"]
    library = parse(text, "conversations/x.yml")
    assert library.problems == ()
    table, _ = library.scripts
    assert table.stand_ins == {"action_book": {}}
    assert [step.name for step in table.steps] == [
        "customer",
        "flow",
        "customer",
        "answers",
        "action",
        "bot",
    ]


def test_what_was_brought_holds_together(bring, tmp_path):
    for name, text in bring().files.items():
        path = tmp_path / "home" / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    held = content.load(tmp_path / "home", ["en"], elsewhere=True)
    assert {"table_form", "opening", "book_table"} <= held.flows.by_id.keys()
    assert held.passed_over == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("nlu: &a [x]\nrules: [*a, *a]", "data/bad.yml:1: has an anchor"),
        ("nlu: !!python/object:os.system x", "data/bad.yml:1: has the tag"),
        ("nlu: " + "[" * 60 + "]" * 60, "nested more than 40 levels"),
        ("nlu: [", "data/bad.yml:1: this is not YAML"),
        ("nlu: []\nnlu: []", "data/bad.yml:2: this is not YAML"),
        ("slots: [x]", "data/bad.yml:1: 'slots' must be a mapping"),
        ("\nnlu: x", "data/bad.yml:2: 'nlu' must be a list"),
        ("- nlu", "data/bad.yml:1: must begin with keys"),
        ("nlu:\n- intent: " + "x" * LARGEST, "is larger than 4 MB"),
    ],
)
def test_a_hostile_file_is_refused_by_name(bring, text, told):
    with pytest.raises(ProjectError) as error:
        bring(**{"data/bad.yml": text})
    assert told in str(error.value)


def test_a_link_is_refused(project, bring, tmp_path):
    (tmp_path / "secret.yml").write_text("nlu: []")
    (project() / "data" / "linked.yml").symlink_to(tmp_path / "secret.yml")
    with pytest.raises(ProjectError, match="linked.yml is a link"):
        bring()


def test_what_is_no_text_is_refused(project, bring):
    (project() / "data" / "bad.yml").write_bytes(b"nlu: \xff\xfe")
    with pytest.raises(ProjectError, match=r"data/bad\.yml is not UTF-8"):
        bring()


@pytest.mark.parametrize("name", ["../../etc/x", "a/b", "", "."])
def test_a_name_that_leads_out_of_the_folder_makes_no_file(bring, name):
    rules = f"""\
        rules:
        - rule: x
          steps: [{{intent: "{name}"}}, {{action: utter_fine}}]
        """
    files = bring(**{"data/rules.yml": rules}).files
    assert all(".." not in one and "/b." not in one for one in files)
