//! What fixes take away: a promotional footer goes cleanly, and never by a fix that is called safe.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use guidelint::check::Settings;
use guidelint::diagnostic::Applicability;
use guidelint::{Checker, Source, guide};

use crate::common;

/// What remains of a guide after `guidelint check --fix --unsafe-fixes` with the rules on promotion.
fn mended(text: &str) -> String {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("guide.md");
    std::fs::write(&path, text).unwrap();
    let arguments = [
        "check",
        "--isolated",
        "--as-of",
        "2026-11-22",
        "--select",
        "promo,link",
        "--fix",
        "--unsafe-fixes",
        "guide.md",
    ];
    let output =
        Command::new(env!("CARGO_BIN_EXE_guidelint")).current_dir(folder.path()).args(arguments).output().unwrap();
    assert!(output.status.code().is_some_and(|it| it < 2), "{}", String::from_utf8_lossy(&output.stderr));
    std::fs::read_to_string(path).unwrap()
}

const HONEST: &str = "# How to buy a SIM\n\nGo to a shop.\n\nTake your passport.\n";

#[test]
fn a_promotional_footer_is_removed_cleanly() {
    let footers = [
        ("paragraph", "👉 [Order now](https://t.me/nobody_sim_00)\n"),
        ("rule line", "---\n\n👉 [Order now](https://t.me/nobody_sim_00)\n"),
        ("stars", "* * *\n\nTo order contact us on Telegram: @nobody_sim_00\n"),
        (
            "two paragraphs",
            "---\n\n👉 [Order now](https://t.me/nobody_sim_00)\n\n💬 [WhatsApp](https://wa.me/12025550143)\n",
        ),
        ("quote", "> 👉 [Order now](https://t.me/nobody_sim_00)\n"),
        ("quote of two", "> To order:\n>\n> 👉 [Order now](https://t.me/nobody_sim_00)\n"),
        ("list", "- Telegram: @nobody_sim_00\n- WhatsApp: +1 202 555 0143\n"),
        ("led list", "Order here:\n\n- Telegram: @nobody_sim_00\n- WhatsApp: +1 202 555 0143\n"),
        ("section", "## Contact us to order\n\n- Telegram: @nobody_sim_00\n- WhatsApp: +1 202 555 0143\n"),
        ("section after a rule", "---\n\n## Order here\n\nTelegram: @nobody_sim_00\n"),
        ("setext section", "Contact us to order\n-------------------\n\nTelegram: @nobody_sim_00\n"),
        ("reference", "👉 [Order now][shop]\n\n[shop]: https://t.me/nobody_sim_00\n"),
        (
            "picture and link",
            "[[TG💪+ @nobody_sim_00](https://t.me/s/nobody_sim_00) ![Image](https://i.postimg.cc/example/a.png)]\n",
        ),
        ("html", "<p align=\"center\"><a href=\"https://t.me/nobody_sim_00\">Order now</a></p>\n"),
        ("html block", "<div>\n  <a href=\"https://t.me/nobody_sim_00\">Order now</a>\n</div>\n"),
        ("code", "To order contact us: `t.me/nobody_sim_00`\n"),
        ("no last line end", "👉 [Order now](https://t.me/nobody_sim_00)"),
    ];
    let mut faults = Vec::new();
    for (form, footer) in footers {
        for crlf in [false, true] {
            let line_ends = |text: &str| if crlf { text.replace('\n', "\r\n") } else { text.to_owned() };
            let got = mended(&line_ends(&format!("{HONEST}\n{footer}")));
            if got != line_ends(HONEST) {
                faults.push(format!("{form}{}: {got:?}", if crlf { ", CRLF" } else { "" }));
            }
        }
    }
    assert!(faults.is_empty(), "{}\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn promotion_within_a_guide_leaves_the_rest_as_it_was() {
    let before = "# 阿尔巴尼亚4G卡怎么注销？[[TG💪+ @nobody_sim_00](https://t.me/s/nobody_sim_00)]\n\n去营业厅办理。\n\n\
        希望有帮助[[TG💪+ @nobody_sim_00](https://t.me/s/nobody_sim_00)]。\n\n最后，保管好手机。\n\n\
        [[TG💪+ @nobody_sim_00](https://t.me/s/nobody_sim_00) ![Image](https://i.postimg.cc/example/a.png)]\n";
    assert_eq!(mended(before), "# 阿尔巴尼亚4G卡怎么注销？\n\n去营业厅办理。\n\n希望有帮助。\n\n最后，保管好手机。\n");
    let quoted =
        "# How to buy a SIM\n\nGo to a shop.\n\n> 👉 [Order now](https://t.me/nobody_sim_00)\n\nTake your passport.\n";
    assert_eq!(mended(quoted), HONEST);
    // A rule line that parts honest text stays, and so does a heading with something else under it.
    let kept =
        "# How to buy a SIM\n\nGo to a shop.\n\n---\n\nTake your passport.\n\n## Contact\n\nEE answers at 150.\n";
    let sold = kept.replace("Take your", "👉 [Order now](https://t.me/nobody_sim_00)\n\nTake your");
    assert_eq!(mended(&sold.replace("150.\n", "150.\n\nTo order: Telegram @nobody_sim_00\n")), kept);
    // A paragraph that says more than that a contact follows stays as well.
    let explains = "# How to buy a SIM\n\nGo to a shop, or order at home: the courier wants to see the passport, takes a photo of \
        it and a signature on his phone, and answers questions before he comes here:\n";
    assert_eq!(mended(&format!("{explains}\nTelegram: @nobody_sim_00\n")), explains);
}

/// Letters and digits that a reader sees, inline code among them.
fn seen(text: &str) -> String {
    let guide = guide::parse(&Source::new("guide.md", text));
    let mut codes = guide.codes.iter();
    let mut seen = String::new();
    for c in guide.prose.as_str().chars() {
        match c {
            '\u{fffc}' => seen.extend(codes.next().map(|it| it.text.as_str())),
            c => seen.push(c),
        }
    }
    seen.retain(char::is_alphanumeric);
    seen
}

fn guides_below(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let folders = entries.filter(|path| path.is_dir());
    let below: Vec<PathBuf> = folders.flat_map(|path| guides_below(&path)).collect();
    common::guides_in(folder).into_iter().chain(below).collect()
}

/// Every guide we wrote and every sentence of these tests, and the real documents where they are at hand.
fn everything() -> Vec<(String, String)> {
    let mut folders = vec![common::fixtures()];
    folders.extend(common::shared().map(|it| it.join("corpus")));
    let named = |path: &Path| path.display().to_string();
    let mut all: Vec<(String, String)> = folders
        .iter()
        .flat_map(|folder| guides_below(folder))
        .filter_map(|path| Some((named(&path), std::fs::read_to_string(&path).ok()?)))
        .collect();
    for file in ["selling.txt", "innocent.txt"] {
        let text = std::fs::read_to_string(common::root().join("tests/promotion").join(file)).unwrap();
        all.push((file.to_owned(), text.replace(['⟦', '⟧'], "").replace("== ", "# ").replace('\n', "\n\n")));
    }
    all
}

#[test]
fn no_safe_fix_takes_away_what_a_reader_sees() {
    let checker = Checker::builtin();
    let mut faults = Vec::new();
    let (mut guides, mut fixed) = (0, 0);
    for (name, text) in everything() {
        let source = Arc::new(Source::new("guide.md", text.as_str()));
        let mended = checker.mend(source, common::today(), &Settings::default(), Applicability::Safe);
        guides += 1;
        fixed += mended.applied;
        if seen(&text) != seen(mended.report.source.text()) {
            faults.push(name);
        }
    }
    println!("{guides} guides, {fixed} safe fixes");
    assert!(guides > 300 && fixed > 0, "{guides} guides, {fixed} safe fixes: nothing was tried");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// No rule about promotion offers a fix that is applied without being asked for twice.
#[test]
fn removing_promotion_is_never_safe() {
    let checker = Checker::builtin();
    let mut offered = 0;
    for (name, text) in everything() {
        let file = common::check(&checker, "guide.md", &text);
        let ours = file.diagnostics.iter().filter(|it| it.rule.starts_with("promo/") || it.rule.starts_with("link/"));
        for finding in ours {
            let Some(fix) = &finding.fix else { continue };
            offered += 1;
            assert_ne!(fix.applicability, Applicability::Safe, "{name}: {}", finding.rule);
        }
    }
    assert!(offered > 20, "{offered} fixes: nothing was tried");
}
