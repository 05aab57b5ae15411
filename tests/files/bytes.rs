//! What may stand in a file, and how much of it.

use super::{FAULTY, Folder, failures};

#[test]
fn a_byte_that_is_no_text_is_named_wherever_it_stands() {
    let guide = "# Ndalo një SIM\n\n停机 Call +355 69 482 0157.\n".as_bytes();
    let folder = Folder::new(&[]);
    let mut expected = Vec::new();
    for at in 0..=guide.len() {
        for (kind, bad) in [("a", 0xff), ("b", 0x80), ("c", 0xe2)] {
            let mut bytes = guide.to_vec();
            match bytes.get_mut(at) {
                Some(byte) => *byte = bad,
                None => bytes.push(bad),
            }
            // At the end of a character it may make another.
            let Err(error) = std::str::from_utf8(&bytes) else { continue };
            let name = format!("{kind}{at:03}.md");
            folder.write(&name, &bytes);
            let place = error.valid_up_to();
            expected.push((name, format!("not valid UTF-8 at byte {place}; save the file as UTF-8")));
        }
    }
    folder.write("good.md", guide);
    expected.sort();
    let (status, report) = folder.report(".", b"");
    assert_eq!(status, 2);
    assert_eq!(failures(&report), expected);
    assert_eq!(report["summary"]["files"], 1, "the good one is checked");
}

#[test]
fn utf_16_is_called_what_it_is() {
    let encode = |big: bool, mark: bool| -> Vec<u8> {
        let mark = mark.then_some(0xfeff);
        let units = mark.into_iter().chain(FAULTY.encode_utf16());
        units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    };
    let folder = Folder::new(&[
        ("be-bom.md", &encode(true, true)),
        ("be.md", &encode(true, false)),
        ("le-bom.md", &encode(false, true)),
        ("le.md", &encode(false, false)),
        // Text with NULs in it is text.
        ("nul.md", b"a\0b\0 \0\0 a guide"),
        ("nuls.md", &[0; 200]),
    ]);
    let (status, report) = folder.report(".", b"");
    assert_eq!(status, 2);
    let names: Vec<String> =
        failures(&report).into_iter().map(|(path, message)| format!("{path}: {message}")).collect();
    let told = |name: &str| format!("{name}: it is UTF-16; save the file as UTF-8");
    assert_eq!(names, [told("be-bom.md"), told("be.md"), told("le-bom.md"), told("le.md")]);
    assert_eq!(report["summary"]["files"], 2);
}

#[test]
fn line_ends_marks_and_nothing_at_all_change_no_finding() {
    let folder = Folder::new(&[
        ("bom.md", format!("\u{feff}{FAULTY}").as_bytes()),
        ("cr.md", FAULTY.replace('\n', "\r").as_bytes()),
        ("crlf.md", FAULTY.replace('\n', "\r\n").as_bytes()),
        ("lf.md", FAULTY.as_bytes()),
        ("nothing.md", b""),
    ]);
    let (status, report) = folder.report(".", b"");
    assert_eq!(status, 1);
    let found = |name: &str| -> Vec<String> {
        let all = report["diagnostics"].as_array().unwrap().iter().filter(|it| it["path"] == name);
        let line = |it: &serde_json::Value| {
            let start = &it["span"]["start"];
            format!("{} {}:{} {}", it["rule"], start["line"], start["column"], it["text"])
        };
        all.map(line).collect()
    };
    assert!(found("lf.md").iter().any(|it| it.contains("phone/placeholder\" 3:26 ")), "{:?}", found("lf.md"));
    for name in ["bom.md", "cr.md", "crlf.md"] {
        assert_eq!(found(name), found("lf.md"), "{name}");
    }
    assert!(found("nothing.md").is_empty());
    assert_eq!(report["summary"]["files"], 5);
}

#[test]
fn a_guide_over_the_limit_is_refused_and_the_rest_is_checked() {
    let folder = Folder::new(&[("a.md", FAULTY.as_bytes())]);
    let huge = std::fs::File::create(folder.path().join("huge.md")).unwrap();
    huge.set_len(1 << 30).unwrap();
    let told = |limit: &str| {
        format!(
            "it is larger than {limit}, the most guidelint reads; split it, or raise `max-file-size` (--max-file-size)"
        )
    };
    let (status, report) = folder.report(".", b"");
    assert_eq!((status, failures(&report)), (2, vec![("huge.md".to_owned(), told("128MiB"))]));
    assert_eq!(report["summary"]["files"], 1);
    // The configuration sets another limit, and the command line beats it.
    folder.write("guidelint.toml", b"max-file-size = \"40KiB\"\n");
    let (_, report) = folder.report(".", b"");
    assert_eq!(failures(&report), [("huge.md".to_owned(), told("40KiB"))]);
    let exact = FAULTY.len();
    let (status, report) = folder.report(&format!("a.md --max-file-size {exact}"), b"");
    assert_eq!((status, failures(&report)), (1, vec![]));
    let (status, report) = folder.report(&format!("a.md --max-file-size {}", exact - 1), b"");
    assert_eq!((status, failures(&report)), (2, vec![("a.md".to_owned(), told(&format!("{} bytes", exact - 1)))]));
    assert!(super::errors(&folder.run("check --max-file-size 2GiB")).contains("no guide larger than 1GiB"));
}

#[test]
fn what_has_no_end_is_read_no_further_than_the_limit() {
    let folder = Folder::new(&[]);
    let (status, report) = folder.report("- --max-file-size 50KB", &vec![b'a'; 50_001]);
    assert_eq!((status, failures(&report)[0].0.as_str()), (2, "<stdin>"));
    let (status, report) = folder.report("- --max-file-size 50KB", &vec![b'a'; 50_000]);
    assert_eq!((status, failures(&report)), (0, vec![]));
    // It says that it is 0 bytes long.
    let (status, report) = folder.report("/dev/zero --max-file-size 1MB", b"");
    assert_eq!((status, failures(&report)[0].0.as_str()), (2, "/dev/zero"));
}

#[test]
fn names_that_are_no_text_or_speak_to_a_terminal_are_made_visible() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let folder = Folder::new(&[]);
    let names: [&[u8]; 5] =
        [b"caf\xe9.md", b"new\nline.md", b"\x1b[31mred\x1b]0;t\x07.md", b"::error::x.md", b"\xe2\x80\xaedm.md"];
    for name in names {
        std::fs::write(folder.path().join(OsStr::from_bytes(name)), FAULTY).unwrap();
        std::fs::write(folder.path().join(OsStr::from_bytes(&[b"bad-", name].concat())), b"\xff").unwrap();
    }
    for format in guidelint::render::Format::ALL {
        let out = folder.run(&format!("check --color never --statistics --format {}", format.name()));
        assert_eq!(out.status.code(), Some(2));
        for (stream, text) in [("out", out.stdout), ("err", out.stderr)] {
            let text = String::from_utf8(text).unwrap();
            let raw = text.chars().find(|c| c.is_control() && *c != '\n' || *c == '\u{202e}');
            assert_eq!(raw, None, "{} standard {stream}", format.name());
            assert!(text.is_empty() || stream == "err" || text.contains("caf"), "{}", format.name());
        }
        assert!(format != guidelint::render::Format::Text || folder.names().len() == 10);
    }
}
