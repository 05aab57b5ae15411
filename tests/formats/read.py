"""Reads a report with other people's readers and schemas: `read.py FORMAT FILE VALIDATORS [--objections]`.

Prints the findings it read as JSON, `[[rule, path, line, column, severity], …]`, sorted; exits 1 with a reason when
a validator objects. With `--objections` only the validators are asked, without our own schemas. Columns are in the format's own unit, null where the format has none.
"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.parse

import jsonschema
from lxml import etree
from lxml import html as lxml_html

here = pathlib.Path(__file__).parent
FAILURE = "failure"


def strict(schema):
    """The schema with every object closed: what we write must be in it, what others read may grow."""
    if isinstance(schema, dict):
        closed = {key: strict(value) for key, value in schema.items()}
        if "properties" in closed:
            closed.setdefault("additionalProperties", False)
        return closed
    return [strict(item) for item in schema] if isinstance(schema, list) else schema


def validate(value, schema, ref=None):
    jsonschema.validators.validator_for(schema).check_schema(schema)
    whole = strict(schema)
    wanted = {"$ref": ref, "$defs": whole["$defs"]} if ref else whole
    jsonschema.Draft202012Validator(wanted).validate(value)


def run(*command):
    """The standard output of a command that must succeed."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def violations(parser, file, validators):
    """What the library reads that comments on merge requests: rule, path, line, column, severity, message."""
    package = validators / "node_modules/violation-comments-to-github-command-line/build/libs"
    jar = package / "violation-comments-to-github-command-line-1.25.0.jar"
    return json.loads(run("java", "-cp", jar, here / "Violations.java", parser, file))


def by_violations(parser, file, validators):
    """The findings it reads: rule, path, line, column, severity."""
    severities = {"ERROR": "error", "WARN": "warning", "INFO": "info"}
    return sorted([*place, severities[severity]] for *place, severity, _ in violations(parser, file, validators))


def report_schema():
    return json.loads((here / "../../schemas/report.v1.json").read_text())


def of_report(item):
    start = item["span"]["start"]
    return [item["rule"], item["path"], start["line"], start["column"], item["severity"]]


def read_json(file, _):
    report = json.loads(file.read_text())
    validate(report, report_schema())
    assert list(report) == ["schema", "tool", "as_of", "summary", "files", "diagnostics", "errors"]
    summary = report["summary"]
    for severity in ("error", "warning", "info"):
        counted = sum(item["severity"] == severity for item in report["diagnostics"])
        assert counted == summary[severity + "s"], severity
    return [of_report(item) for item in report["diagnostics"]]


def read_jsonl(file, _):
    schema, found = report_schema(), []
    for line in file.read_text().splitlines():
        item = json.loads(line)
        kind = item.pop("type")
        if kind == "run":
            assert item["schema"] == "guidelint.report.v1"
            validate(item["tool"], schema, "#/$defs/tool")
        else:
            validate(item, schema, f"#/$defs/{kind}")
        if kind == "diagnostic":
            found.append(of_report(item))
    return found


def read_sarif(file, validators):
    log = json.loads(file.read_text())
    schema = json.loads((validators / "schemas/sarif-2.1.0.json").read_text())
    jsonschema.validators.validator_for(schema)(schema).validate(log)
    tool = validators / "node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool"
    verdict = subprocess.run(
        [tool, "validate", file, "--rule-kind", "Sarif;Ghas", "--level", "Error;Warning", "--output",
         file.with_suffix(".verdict"), "--log", "ForceOverwrite"],
        capture_output=True, text=True, check=False)
    complaints = [line for line in verdict.stdout.splitlines() if ": error" in line or ": warning" in line]
    assert not complaints and verdict.returncode == 0, verdict.stdout
    run, found = log["runs"][0], []
    assert run["columnKind"] == "utf16CodeUnits"
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        place = result["locations"][0]["physicalLocation"]
        path = urllib.parse.unquote(place["artifactLocation"]["uri"], errors="strict")
        if result["suppressions"] or result.get("baselineState") == "unchanged":
            continue
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        severity = "info" if result["level"] == "note" else result["level"]
        region = place["region"]
        found.append([result["ruleId"], path, region["startLine"], region["startColumn"], severity])
    return found


def read_concise(file, validators):
    """Lines as compilers and golint write them; readers of those take what follows the place for the message."""
    line = re.compile(r"(.*?):(\d+):(\d+): ((error|warning|info)\[([^]]+)\] .*)")
    ours = [line.fullmatch(it).groups() for it in file.read_text().split("\n") if it]
    theirs = {(path, at, message) for _, path, at, _, _, message in violations("GOLINT", file, validators)}
    # To golint a path ends at the first colon, whatever it is.
    plain = {(path, int(at), message) for path, at, _, message, _, _ in ours if ":" not in path}
    assert plain <= theirs and len(plain) > len(ours) / 2 or not ours, sorted(plain - theirs)
    return [[rule, path, int(at), int(column), severity] for path, at, column, _, severity, rule in ours]


def object_gitlab(file, validators):
    """Code Climate's issues, of which GitLab reads a part, as somebody else declared their types."""
    with tempfile.TemporaryDirectory() as folder:
        typed, project = pathlib.Path(folder) / "report.ts", pathlib.Path(folder) / "tsconfig.json"
        typed.write_text(f'import type {{ Issue }} from "codeclimate-types";\nexport const report: Issue[] = {file.read_text()};\n')
        types = str(validators / "node_modules/codeclimate-types/index.d.ts")
        options = {"strict": True, "noEmit": True, "types": [], "paths": {"codeclimate-types": [types]}}
        project.write_text(json.dumps({"compilerOptions": options, "files": [str(typed)]}))
        run("node", validators / "node_modules/typescript/bin/tsc", "--project", project)


def read_gitlab(file, validators):
    report = json.loads(file.read_text())
    validate(report, json.loads((here / "gitlab.schema.json").read_text()))
    severities = {"blocker": "error", "major": "error", "minor": "warning", "info": "info"}
    seen = [[item["check_name"], item["location"]["path"], item["location"]["lines"]["begin"], -1, severities[item["severity"]]]
            for item in report]
    assert by_violations("CODECLIMATE", file, validators) == sorted(seen)
    prints = [item["fingerprint"] for item in report]
    assert len(prints) == len(set(prints)), "fingerprints repeat"
    return [
        [item["check_name"], item["location"]["path"], item["location"]["positions"]["begin"]["line"],
         item["location"]["positions"]["begin"]["column"], severities[item["severity"]]]
        for item in report if item["check_name"] != FAILURE
    ]


def of_rdjson(item):
    start = item["location"]["range"]["start"]
    return [item["code"]["value"], item["location"]["path"], start["line"], start["column"], item["severity"].lower()]


def object_rdjson(*files_and_validators):
    """Asks the validator of reviewdog's format that people who write for it use."""
    *files, validators = files_and_validators
    tool = validators / "node_modules/@umbrelladocs/rdformat-validator/bin/rdformat-validator.js"
    run("node", tool, "--strict", "--no-extra-fields", *files)


def object_rdjsonl(file, validators):
    """As above; each line is a file of its own to the validator."""
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for at, line in enumerate(file.read_text().splitlines()):
            files.append(pathlib.Path(folder) / f"{at}.json")
            files[-1].write_text(line)
        if files:
            object_rdjson(*files, validators)


def read_rdjson(file, _):
    report = json.loads(file.read_text())
    validate(report, json.loads((here / "rdjson.schema.json").read_text()))
    return [of_rdjson(item) for item in report["diagnostics"] if item["code"]["value"] != FAILURE]


def read_rdjsonl(file, _):
    schema = json.loads((here / "rdjson.schema.json").read_text())
    items = [json.loads(line) for line in file.read_text().splitlines()]
    for item in items:
        validate(item, schema, "#/$defs/diagnostic")
    return [of_rdjson(item) for item in items if item["code"]["value"] != FAILURE]


def object_checkstyle(file, validators):
    by_violations("CHECKSTYLE", file, validators)


def read_checkstyle(file, validators):
    root = etree.parse(str(file), etree.XMLParser(resolve_entities=False)).getroot()
    assert root.tag == "checkstyle" and {child.tag for child in root} <= {"file"}
    found = []
    for error in root.iter("error"):
        if error.get("source") != FAILURE:
            place = [int(error.get("line")), int(error.get("column"))]
            found.append([error.get("source"), error.getparent().get("name"), *place, error.get("severity")])
    theirs = [row for row in by_violations("CHECKSTYLE", file, validators) if row[0] != FAILURE]
    assert theirs == sorted(found), (theirs, sorted(found))
    return found


def read_junit(file, validators):
    tree = etree.parse(str(file), etree.XMLParser(resolve_entities=False))
    schema = etree.XMLSchema(etree.parse(str(validators / "schemas/junit-10.xsd")))
    schema.assertValid(tree)
    suites, found = tree.getroot(), []
    totals = {"tests": 0, "failures": 0, "errors": 0}
    for suite in suites:
        cases = suite.findall("testcase")
        counts = {
            "tests": len(cases),
            "failures": sum(case.find("failure") is not None for case in cases),
            "errors": sum(case.find("error") is not None for case in cases),
            "skipped": sum(case.find("skipped") is not None for case in cases),
        }
        for key, count in counts.items():
            assert int(suite.get(key)) == count, (suite.get("name"), key)
        for key in totals:
            totals[key] += counts[key]
        for case in cases:
            outcome = case.find("failure")
            outcome = case.find("skipped") if outcome is None else outcome
            if outcome is not None:
                rule, place = case.get("name").split(" at ")
                line, column = map(int, place.split(":"))
                assert case.get("classname") == suite.get("name")
                found.append([rule, suite.get("name"), line, column, outcome.get("type")])
    for key, count in totals.items():
        assert int(suites.get(key)) == count, key
    return found


def read_markdown(file, _):
    import cmarkgfm

    page = lxml_html.document_fromstring(cmarkgfm.github_flavored_markdown_to_html(file.read_text())).find("body")
    tags = {element.tag for element in page.iterdescendants()}
    assert tags <= {"h2", "h3", "p", "ul", "li", "strong", "em", "code", "a"}, tags
    links = {link.get("href") for link in page.iter("a")}
    assert all(link.startswith("https://docs.example/rules/") for link in links), links
    found, path = [], None
    for element in page:
        if element.tag == "h3":
            code = element.find("code")
            path = None if code is None else code.text
        for item in element.findall("li") if element.tag == "ul" and path is not None else []:
            line, column = map(int, item.find("strong").text.split(":"))
            severity = item.find("strong").tail.strip()
            rule = next(item.iter("code")).text
            found.append([rule, path, line, column, severity])
    return found


def main():
    name, file, validators = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    if objects := globals().get("object_" + name):
        objects(file, validators)
    if "--objections" in sys.argv:
        return
    found = globals()["read_" + name](file, validators)
    print(json.dumps(sorted(found, key=json.dumps)))


main()
