//! Every format, read back by somebody else's reader: `tools/install-validators.sh` installs them, and a test that
//! misses its reader prints SKIPPED, or fails where `GUIDELINT_DEMAND_VALIDATORS` is set.

#[path = "formats/sample.rs"]
mod sample;

#[path = "formats/outside.rs"]
mod outside;

use std::collections::BTreeSet;

use guidelint::diagnostic::{Language, Report};
use guidelint::render::{Format, Style, render, term_safe};
use proptest::prelude::*;

fn plain(report: &Report, format: Format) -> String {
    render(report, &sample::rules(), format, &Style::default())
}

/// What a column counts.
#[derive(Clone, Copy, PartialEq)]
enum Unit {
    Scalar,
    Utf16,
    Utf8,
}

/// The unit of every format with columns. The one place where they are written down; README copies it.
fn unit(format: Format) -> Unit {
    match format {
        Format::Sarif => Unit::Utf16,
        Format::Rdjson | Format::Rdjsonl => Unit::Utf8,
        _ => Unit::Scalar,
    }
}

/// How the start of a finding is written, with `{line}` and `{column}`.
fn written(format: Format) -> Option<&'static str> {
    Some(match format {
        Format::Text => "--> content/hard 中.md:{line}:{column}\n",
        Format::Concise => "content/hard 中.md:{line}:{column}: ",
        Format::Json | Format::Jsonl => "\"line\":{line},\"column\":{column},",
        Format::Sarif => "\"startLine\":{line},\"startColumn\":{column},",
        Format::Github => ",line={line},endLine={line},col={column},",
        Format::Gitlab => "\"positions\":{\"begin\":{\"line\":{line},\"column\":{column}}",
        Format::Checkstyle => "<error line=\"{line}\" column=\"{column}\"",
        Format::Junit => " at {line}:{column}\"",
        Format::Rdjson | Format::Rdjsonl => "{\"start\":{\"line\":{line},\"column\":{column}}",
        Format::Azure => ";linenumber={line};columnnumber={column};",
        Format::Markdown => "**{line}:{column}**",
        #[allow(unreachable_patterns)]
        _ => return None,
    })
}

#[test]
fn columns_are_counted_in_the_unit_of_the_format() {
    // Line, and the column in scalar values, UTF-16 code units and UTF-8 bytes, counted by hand.
    let table = [
        ("N0", 1, 11, 12, 19), // after a byte order mark, 中, 𐐀 and a combining accent; CRLF
        ("N1", 3, 6, 7, 13),   // after 中文 and an emoji; a lone CR
        ("N2", 4, 4, 6, 10),   // after two 𐐀; LF
        ("N3", 5, 7, 7, 12),   // between right-to-left words
        ("N4", 6, 6, 6, 8),    // after combining accents
        ("N5", 7, 6, 6, 6),    // without a line end
    ];
    let mut report = sample::report();
    report.files.retain(|file| file.source.text() == sample::HARD);
    for format in Format::ALL {
        let Some(template) = written(format) else { continue };
        let text = plain(&report, format);
        for (needle, line, scalar, utf16, utf8) in table {
            let column = match unit(format) {
                Unit::Scalar => scalar,
                Unit::Utf16 => utf16,
                Unit::Utf8 => utf8,
            };
            let wanted = template.replace("{line}", &format!("{line}")).replace("{column}", &format!("{column}"));
            assert!(text.contains(&wanted), "{}: {needle} is not at {wanted}\n{text}", format.name());
        }
    }
}

#[test]
fn carets_stand_under_what_they_mean() {
    let mut report = sample::report();
    report.files.retain(|file| file.source.text() == sample::HARD);
    let text = plain(&report, Format::Text);
    // 中文 and the emoji take two cells each: 2+2+1+2+1.
    assert!(text.contains("3 | 中文 📞 N1 尾\n  |         ^^\n"), "{text}");
    assert!(text.contains("6 | e\u{301}e\u{301} N4\n  |    ^^\n"), "{text}");
    assert!(text.contains("4 | 𐐀𐐀 N2\n  |    ^^\n"), "{text}");
}

/// What no format may carry raw: controls but the line feed, marks that turn the direction, foreign line ends.
fn forbidden(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}')
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

#[test]
fn no_format_carries_a_control_character_or_a_command() {
    let report = sample::report();
    for format in Format::ALL {
        for language in [Language::En, Language::Zh] {
            let style = Style { language, statistics: true, ..Style::default() };
            let text = render(&report, &sample::rules(), format, &style);
            let found: BTreeSet<char> = text.chars().filter(|c| forbidden(*c)).collect();
            assert!(found.is_empty(), "{}: {found:?}", format.name());
            let own = if format == Format::Azure { "##vso[task.logissue " } else { "\u{0}" };
            let rest = text.replace(own, "");
            assert!(!rest.contains("##vso["), "{}", format.name());
            let commands = text.lines().filter(|line| line.trim_start().starts_with("::")).count();
            let wanted = if format == Format::Github { 16 + 1 } else { 0 };
            assert_eq!(commands, wanted, "{}", format.name());
        }
    }
}

/// The findings as `format` can say them: rule, path, line, column in its unit, severity.
fn expected(report: &Report, format: Format) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for (file, finding) in report.diagnostics() {
        let text = file.source.text();
        let lines = file.source.lines();
        let start = lines.position(finding.span.start, text);
        let end = lines.position(finding.span.end, text);
        let column = match unit(format) {
            Unit::Scalar => start.column,
            Unit::Utf16 => start.column_utf16,
            Unit::Utf8 => start.column_utf8,
        };
        let column = match format {
            Format::Github if start.line != end.line => serde_json::Value::Null,
            _ => column.into(),
        };
        let raw = file.source.path();
        let path = visible_path(format, raw);
        all.push(serde_json::json!([finding.rule, path, start.line, column, finding.severity.as_str()]).to_string());
    }
    all.sort();
    all
}

/// A path as `format` can carry it: control characters that it cannot are made visible.
fn visible_path(format: Format, raw: &str) -> String {
    match format {
        Format::Github | Format::Azure | Format::Markdown | Format::Concise => {
            term_safe(raw).replace("##vso[", "#♯vso[")
        }
        Format::Html => term_safe(raw).into_owned(),
        Format::Checkstyle | Format::Junit => raw.replace('\u{1b}', "␛"),
        _ => raw.to_owned(),
    }
}

/// Writes the sample in `format`, has it read from outside, and compares.
fn reads_back(format: Format) {
    let Some(outside) = outside::Outside::find(format.name()) else { return };
    let report = sample::report();
    let file = outside.write(format.name(), &plain(&report, format));
    let found = outside.read(format.name(), &file);
    assert_eq!(found, expected(&report, format));
    // An empty report is a report, too.
    let none = Report { files: Vec::new(), failures: Vec::new(), docs_url: None, ..report };
    let file = outside.write(format.name(), &plain(&none, format));
    assert!(outside.read(format.name(), &file).is_empty());
}

macro_rules! read_back {
    ($($test:ident: $format:ident;)*) => {
        $(#[test]
        fn $test() {
            reads_back(Format::$format);
        })*
    };
}

read_back! {
    json_reads_back: Json;
    jsonl_reads_back: Jsonl;
    sarif_reads_back: Sarif;
    github_reads_back: Github;
    gitlab_reads_back: Gitlab;
    checkstyle_reads_back: Checkstyle;
    junit_reads_back: Junit;
    rdjson_reads_back: Rdjson;
    rdjsonl_reads_back: Rdjsonl;
    azure_reads_back: Azure;
    concise_reads_back: Concise;
    markdown_reads_back: Markdown;
}

#[test]
fn html_reads_back_from_a_browser() {
    let Some(outside) = outside::Outside::find("html_reads_back_from_a_browser") else { return };
    let Some(chromium) = outside::chromium("html_reads_back_from_a_browser") else { return };
    let report = sample::report();
    let browse = |report: &Report| {
        let file = outside.write("report.html", &plain(report, Format::Html));
        outside.browse(&file, &chromium)
    };
    assert_eq!(browse(&report), expected(&report, Format::Html));
    assert!(browse(&Report { files: Vec::new(), failures: Vec::new(), ..report }).is_empty());
}

/// One run of the program over honest and hostile guides writes every report; all of them say the same.
#[test]
fn one_run_writes_them_all_and_they_agree() {
    let Some(outside) = outside::Outside::find("one_run_writes_them_all_and_they_agree") else { return };
    let folder = tempfile::tempdir().unwrap();
    let guides = folder.path().join("guides");
    std::fs::create_dir(&guides).unwrap();
    for (name, text) in sample::hostile_folder() {
        std::fs::write(guides.join(name), text).unwrap();
    }
    let fixtures = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/guides");
    for entry in std::fs::read_dir(fixtures).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            std::fs::copy(&path, guides.join(path.file_name().unwrap())).unwrap();
        }
    }
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_guidelint"));
    command.current_dir(folder.path()).args([
        "check",
        "guides",
        "--isolated",
        "--as-of",
        "2026-11-22",
        "--format",
        "text",
    ]);
    for format in Format::ALL {
        command.arg("--report").arg(format!("{0}=report.{0}", format.name()));
    }
    let out = command.output().unwrap();
    // One file is not UTF-8: the others are checked all the same.
    assert_eq!(out.status.code(), Some(2), "{}", String::from_utf8_lossy(&out.stderr));
    assert!(!String::from_utf8(out.stdout).unwrap().chars().any(forbidden));
    assert!(!String::from_utf8(out.stderr).unwrap().chars().any(forbidden));

    let written = |format: Format| folder.path().join(format!("report.{}", format.name()));
    let report: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(written(Format::Json)).unwrap()).unwrap();
    let findings = report["diagnostics"].as_array().unwrap();
    assert!(findings.len() > 60, "only {} findings", findings.len());
    for format in Format::ALL {
        let text = std::fs::read_to_string(written(format)).unwrap();
        assert!(!text.chars().any(forbidden), "{}", format.name());
        let found = match format {
            Format::Text => continue,
            Format::Html => match outside::chromium("one_run_writes_them_all_and_they_agree") {
                Some(chromium) => outside.browse(&written(format), &chromium),
                None => continue,
            },
            _ => outside.read(format.name(), &written(format)),
        };
        let mut wanted: Vec<String> = findings.iter().map(|it| as_said_by(format, it, folder.path())).collect();
        wanted.sort();
        assert_eq!(found, wanted, "{}", format.name());
    }
}

/// A finding of the JSON report as `format` says it.
fn as_said_by(format: Format, finding: &serde_json::Value, folder: &std::path::Path) -> String {
    let raw = finding["path"].as_str().unwrap();
    let (start, end) = (&finding["span"]["start"], &finding["span"]["end"]);
    let column = match (format, unit(format)) {
        (Format::Github, _) if start["line"] != end["line"] => serde_json::Value::Null,
        (_, Unit::Scalar) => start["column"].clone(),
        (_, Unit::Utf16) => start["column_utf16"].clone(),
        (_, Unit::Utf8) => {
            let text = std::fs::read_to_string(folder.join(raw)).unwrap();
            let before = &text[..start["offset"].as_u64().unwrap() as usize];
            let line = before.rsplit(['\n', '\r']).next().unwrap().trim_start_matches('\u{feff}');
            (line.len() + 1).into()
        }
    };
    let path = visible_path(format, raw);
    serde_json::json!([finding["rule"], path, start["line"], column, finding["severity"]]).to_string()
}

#[test]
fn html_satisfies_the_nu_checker() {
    let Some(outside) = outside::Outside::find("html_satisfies_the_nu_checker") else { return };
    if std::process::Command::new("java").arg("-version").output().is_err() {
        return outside::demand("html_satisfies_the_nu_checker", "no Java found");
    }
    for language in [Language::En, Language::Zh] {
        let style = Style { language, ..Style::default() };
        let page = render(&sample::report(), &sample::rules(), Format::Html, &style);
        let file = outside.write("report.html", &page);
        let jar = outside.package("vnu-jar").join("build/dist/vnu.jar");
        outside::run(std::process::Command::new("java").arg("-Xss8m").arg("-jar").arg(jar).arg(file));
    }
}

#[test]
fn reviewdog_counts_the_same_bytes() {
    let Some(outside) = outside::Outside::find("reviewdog_counts_the_same_bytes") else { return };
    let report = sample::report();
    let file = outside.write("rdjson", &plain(&report, Format::Rdjson));
    let places = outside.write("places.json", &sample::as_eslint(&report));
    outside.node("rdjson", &[&file, &places]);
}

/// A reader that takes anything proves nothing: each must refuse what its format forbids.
#[test]
fn outside_readers_object() {
    let Some(outside) = outside::Outside::find("outside_readers_object") else { return };
    let report = sample::report();
    for (format, good, bad) in [
        (Format::Gitlab, r#""severity":"minor""#, r#""severity":"slight""#),
        (Format::Gitlab, r#""categories":["Bug Risk"],"#, ""),
        (Format::Checkstyle, " line=\"", " line=\"x"),
        (Format::Rdjson, r#""severity":"WARNING""#, r#""severity":"warning""#),
        (Format::Rdjson, r#""message":"#, r#""massage":"#),
        (Format::Rdjsonl, r#""column":"#, r#""colon":"#),
    ] {
        let text = plain(&report, format);
        assert!(text.contains(good), "{} has no {good}", format.name());
        let file = outside.write("broken", &text.replacen(good, bad, 1));
        assert!(!outside.accepts(format.name(), &file), "{}: {bad} is accepted", format.name());
    }
}

#[test]
fn a_comment_never_outgrows_its_room() {
    let mut report = sample::report();
    let many = vec![report.files[3].diagnostics.clone(); 400].concat();
    report.files[3].diagnostics = many;
    let text = plain(&report, Format::Markdown);
    assert!(text.chars().count() < 65_000, "{}", text.len());
    assert!(text.contains("more findings"));
}

#[test]
fn formats_are_called_what_they_are_called() {
    for format in Format::ALL {
        assert_eq!(Format::parse(format.name()), Some(format));
    }
    assert_eq!(Format::parse("xml"), None);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    /// Any text, any two places in it, any format: no panic, no control character, and JSON gives the text back.
    #[test]
    fn any_guide_can_be_reported(text in "(\\PC|[\\x00-\\x1f\\x7f-\\x9f\u{202e}\u{2028}\u{feff}]|\r\n){0,40}", a in 0usize..60, b in 0usize..60) {
        let boundary = |at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        let (a, b) = (boundary(a), boundary(b));
        let report = sample::around(&text, a.min(b), a.max(b));
        for format in Format::ALL {
            let out = plain(&report, format);
            prop_assert!(!out.chars().any(forbidden), "{}: {out:?}", format.name());
        }
        let json: serde_json::Value = serde_json::from_str(&plain(&report, Format::Json)).unwrap();
        prop_assert_eq!(json["diagnostics"][0]["text"].as_str().unwrap(), &text[a.min(b)..a.max(b)]);
    }
}
