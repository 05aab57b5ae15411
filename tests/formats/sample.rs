//! A report made by hand: honest guides and hostile ones, with findings at places that are hard to count.

use std::sync::{Arc, LazyLock};

use guidelint::date::Date;
use guidelint::diagnostic::{
    Applicability, Citation, Confidence, Diagnostic, Edit, Evidence, FactCounts, Failure, FileReport, Fix, Label,
    Message, Report, RuleMeta, Severity, SourceKind, Wording,
};
use guidelint::text::{Source, Span};

static PLACEHOLDER: Wording = Wording::new(
    "phone/placeholder",
    "`{number}` looks like a placeholder: its digits count up",
    "`{number}` 像是占位号码：数字依次递增",
);
static OUTDATED: Wording =
    Wording::new("carrier/outdated", "`{name}` has had another name since 2023", "`{name}` 自 2023 年起已更名");
static MISSING: Wording = Wording::new("section/missing", "no section says what it costs", "没有说明费用的章节");
static HELP: Wording = Wording::new("demo/help", "take the number from {where}", "请从{where}核对号码");
static STATEMENT: Wording = Wording::new("demo/because", "the plan says {what}", "编号方案：{what}");
static HERE: Wording = Wording::new("demo/here", "here `{text}` again", "此处又出现 `{text}`");
static TITLE: Wording = Wording::new("demo/fix", "write `{text}`", "改为 `{text}`");

/// The rules the findings below belong to.
pub fn rules() -> Vec<&'static RuleMeta> {
    static RULES: LazyLock<Vec<RuleMeta>> = LazyLock::new(|| {
        let rule = |name: &'static str, docs: &'static str, severity| RuleMeta {
            name: name.into(),
            docs: docs.into(),
            severity,
            confidence: Confidence::High,
            on_by_default: true,
            fix: None,
            since: "0.1.0".into(),
            wordings: &[],
            options: &[],
        };
        vec![
            rule(
                "carrier/outdated",
                "Flags a carrier named by a name that ended.\n\n## Why\nReaders look for *that* name <on the door>.\n",
                Severity::Warning,
            ),
            rule(
                "phone/placeholder",
                "Flags dummy digits.\n\n## How it decides\n```md bad\nCall +1 234\n```\n",
                Severity::Warning,
            ),
            rule("section/missing", "Flags an absent section.", Severity::Error),
        ]
    });
    RULES.iter().collect()
}

/// A finding at the `nth` occurrence of `needle`.
pub fn finding(text: &str, rule: &'static str, needle: &str, nth: usize) -> Diagnostic {
    let (wording, severity) = match rule {
        "phone/placeholder" => (&PLACEHOLDER, Severity::Warning),
        "carrier/outdated" => (&OUTDATED, Severity::Info),
        _ => (&MISSING, Severity::Error),
    };
    let at = text.match_indices(needle).nth(nth).map_or(0, |(at, _)| at);
    Diagnostic {
        rule: rule.into(),
        severity,
        confidence: [Confidence::High, Confidence::Medium, Confidence::Low][nth % 3],
        span: Span::of(at..at + needle.len()),
        message: Message::new(wording).with("number", needle).with("name", needle),
        labels: Vec::new(),
        evidence: Vec::new(),
        help: None,
        fix: None,
        absent: None,
        fingerprint: fingerprint(&format!("{rule}{needle}{nth}")),
    }
}

/// Stands in for the checker's; unique for what is different.
fn fingerprint(text: &str) -> String {
    let hash = text
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    format!("{hash:016x}")
}

fn citation(url: &str) -> Arc<Citation> {
    Arc::new(Citation {
        kind: SourceKind::Regulator,
        url: Some(url.into()),
        package: None,
        as_of: Some("2024".into()),
        verified: Date::new(2026, 11, 22),
        copy: true,
        origin: "a".into(),
    })
}

/// Adds everything a finding can carry.
pub fn furnish(mut diagnostic: Diagnostic, text: &str) -> Diagnostic {
    let needle = text[diagnostic.span.range()].to_owned();
    diagnostic.evidence = vec![
        Evidence { statement: Message::new(&STATEMENT).with("what", needle.clone()), source: None },
        Evidence {
            statement: Message::new(&STATEMENT).with("what", "seven digits"),
            source: Some(citation("https://www.regulator.example/plan?a=1&b=<2>")),
        },
    ];
    diagnostic.help = Some(Message::new(&HELP).with("where", "the carrier's own page"));
    let own = diagnostic.span;
    diagnostic.labels = text
        .match_indices(&needle)
        .map(|(at, found)| Span::of(at..at + found.len()))
        .filter(|span| *span != own)
        .map(|span| Label { span, message: Message::new(&HERE).with("text", needle.clone()) })
        .collect();
    let replacement = "+00 00 000".to_owned();
    diagnostic.fix = Some(Fix {
        title: Message::new(&TITLE).with("text", replacement.clone()),
        edits: vec![Edit { span: own, replacement }],
        applicability: Applicability::Safe,
    });
    diagnostic
}

/// A guide's report.
pub fn guide(path: &str, text: &str, diagnostics: Vec<Diagnostic>) -> FileReport {
    FileReport {
        timing: None,
        source: Arc::new(Source::new(path, text)),
        country: Some("AL".into()),
        countries: vec!["AL".into()],
        kind: Some("cancel-sim".into()),
        kinds: vec!["cancel-sim".into()],
        telecom: true,
        language: Some("zh".into()),
        script: Some("Hans".into()),
        facts: FactCounts { numbers: 3, numbers_verified: 1, carriers: 2, carriers_current: 1, links: 4 },
        diagnostics,
        suppressed: Vec::new(),
        baselined: Vec::new(),
        failures: Vec::new(),
        allowed: Vec::new(),
    }
}

/// Text whose columns differ in every unit: a byte order mark, CJK, a character beyond the basic plane, a combining
/// accent, right-to-left letters and all three line ends.
pub const HARD: &str =
    "\u{feff}# 指南 𐐀 e\u{301} N0\r\n\r\n中文 📞 N1 尾\r𐐀𐐀 N2\nمرحبا N3 سلام\r\ne\u{301}e\u{301} N4\nlast N5";

/// Text, path and names that try to get out of every format.
pub const HOSTILE: &str = "# ]]>--><script>alert(1)</script> \u{1b}[31m\u{9b}2J\u{202e}\u{0}\u{7f}\u{2028}N0\n\n\
    ::error file=x::pwn\r\n##vso[task.complete result=Failed]N1\n| a | [x](javascript:alert(1)) ``` ~~~ N2\n\
    &amp; &#x1b; \"' %0A%25 \u{fffe} \u{e0041}\u{feff} N3\n![x](http://evil.example/x.png)<img src=x onerror=alert(1)>N4\n";

/// The report.
pub fn report() -> Report {
    let plain = "# 阿尔巴尼亚\n\n客服电话 📞：+355 69 123 4567（AMC）。\n\n第二行 AMC\n\n\n\n\n\n后来 AMC 更名\n";
    let mut plain_guide = guide(
        "content/al/cancel.md",
        plain,
        vec![
            finding(plain, "section/missing", "# 阿尔巴尼亚", 0),
            furnish(finding(plain, "phone/placeholder", "+355 69 123 4567", 0), plain),
            furnish(finding(plain, "carrier/outdated", "AMC", 0), plain),
        ],
    );
    plain_guide.suppressed = vec![finding(plain, "carrier/outdated", "AMC", 1)];
    plain_guide.baselined = vec![finding(plain, "carrier/outdated", "AMC", 2)];
    let every = |text: &str| -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for needle in ["N0", "N1", "N2", "N3", "N4", "N5"] {
            if text.contains(needle) {
                found.push(furnish(finding(text, "phone/placeholder", needle, 0), text));
            }
        }
        found
    };
    let whole = Diagnostic { span: Span::of(2..HOSTILE.len() - 1), ..finding(HOSTILE, "carrier/outdated", "N0", 0) };
    let mut hostile = every(HOSTILE);
    hostile.push(Diagnostic {
        message: Message::verbatim(HOSTILE),
        help: Some(Message::verbatim(HOSTILE)),
        labels: vec![Label { span: Span::new(2, 5), message: Message::verbatim(HOSTILE) }],
        evidence: vec![Evidence {
            statement: Message::verbatim(HOSTILE),
            source: Some(citation("javascript:alert(1)//\"><script>")),
        }],
        fix: Some(Fix {
            title: Message::verbatim(HOSTILE),
            edits: vec![Edit { span: Span::new(2, 5), replacement: HOSTILE.into() }],
            applicability: Applicability::Unsafe,
        }),
        fingerprint: fingerprint("whole"),
        ..whole
    });
    Report {
        as_of: Date::new(2026, 11, 22).unwrap(),
        knowledge_as_of: Date::new(2026, 11, 20),
        files: vec![
            guide("a/empty.md", "", vec![finding("", "section/missing", "", 0)]),
            plain_guide,
            guide("content/hard 中.md", HARD, every(HARD)),
            guide("content/x\u{1b}]0;a,b:c%0A\"<&>'\u{202e}.md", HOSTILE, hostile),
            guide("honest.md", "# Fine\n", Vec::new()),
        ],
        failures: vec![Failure {
            path: "bad\u{1b}.md".into(),
            message: "not valid UTF-8 at byte 17 <\u{9b}> ::error::".into(),
        }],
        docs_url: Some("https://docs.example/rules/{rule}.html".into()),
    }
}

/// The findings as ESLint would hand them to a formatter: UTF-16 columns, lines ended by LF.
pub fn as_eslint(report: &Report) -> String {
    let results: Vec<serde_json::Value> = report
        .files
        .iter()
        // The formatter says column 0 in an empty file, where ours says 1.
        .filter(|file| !file.source.text().is_empty())
        .map(|file| {
            let text = file.source.text();
            let lines = file.source.lines();
            let source: Vec<&str> = (0..lines.count())
                .map(|line| file.source.slice(lines.line_span(line, text)).trim_start_matches('\u{feff}'))
                .collect();
            let messages: Vec<serde_json::Value> = file
                .diagnostics
                .iter()
                .map(|it| {
                    let (start, end) = (lines.position(it.span.start, text), lines.position(it.span.end, text));
                    serde_json::json!({
                        "ruleId": it.rule, "severity": 2, "message": it.message.text(Default::default()),
                        "line": start.line, "column": start.column_utf16,
                        "endLine": end.line, "endColumn": end.column_utf16,
                    })
                })
                .collect();
            serde_json::json!({ "filePath": file.source.path(), "source": source.join("\n"), "messages": messages })
        })
        .collect();
    serde_json::Value::Array(results).to_string()
}

/// A report of one finding with everything, all of it made of `text`.
pub fn around(text: &str, start: usize, end: usize) -> Report {
    let message = || Message::verbatim(text);
    let span = Span::of(start..end);
    let diagnostic = Diagnostic {
        span,
        message: message(),
        labels: vec![Label { span: Span::of(0..end), message: message() }],
        evidence: vec![Evidence { statement: message(), source: Some(citation(text)) }],
        help: Some(message()),
        fix: Some(Fix {
            title: message(),
            edits: vec![Edit { span, replacement: text.into() }],
            applicability: Applicability::Unsafe,
        }),
        ..finding("", "carrier/outdated", "", 0)
    };
    Report {
        files: vec![guide(&format!("g/{text}.md"), text, vec![diagnostic])],
        failures: vec![Failure { path: text.into(), message: text.into() }],
        ..report()
    }
}

/// Files that try to get out of every format, and one that cannot be read.
pub fn hostile_folder() -> Vec<(&'static str, Vec<u8>)> {
    let guide = |body: &str| {
        format!("# How to cancel a SIM card in Albania {body}\n\nCall +355 69 123 4567 {body}\n").into_bytes()
    };
    vec![
        ("x\u{1b}]0;a,b:c%0A\"<&>'\u{202e}.md", guide(HOSTILE)),
        ("::error file=a::b.md", guide("::error::c")),
        ("##vso[task.complete result=Failed].md", guide("##vso[task.setvariable variable=a]b")),
        ("-->.md", guide("--></style></script><svg onload=alert(1)><script>alert(1)</script>")),
        ("[x](javascript:alert(1)).md", guide("[+355 69 876 5432](javascript:alert(1)) <img src=x onerror=alert(1)>")),
        ("@someone #1.md", guide("@someone #1 https://evil.example www.evil.example a@evil.example")),
        ("hard.md", [HARD.as_bytes(), &guide("\u{202e}مرحبا\u{202c} +355 69 765 4321")].concat()),
        ("rtl.md", guide("مرحبا +355 69 765 4321 سلام")),
        ("front.md", [b"---\ntitle: \"\x1b[31m <b> ]]>\"\ncountry: 7\n---\n", guide("").as_slice()].concat()),
        ("empty.md", Vec::new()),
        ("broken.md", vec![b'#', b' ', 0xff, 0xfe, 0x9b]),
    ]
}
