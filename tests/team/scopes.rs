//! Every scope of a declarative rule, over one guide that has the word in each kind of place.

use std::sync::Arc;

use guidelint::check::Settings;
use guidelint::knowledge::Knowledge;
use guidelint::{Checker, Source, declarative};

use super::common;

const GUIDE: &str = r#"---
author: word-author
---

# word-title

word-plain, [word-link](https://example.com/ "word-hover"), ![word-alt](a.png) and `word-code`.

## word-h2

- word-tight
- another item

1. word-loose

   word-further

2. another item

> word-quoted
>
> ### word-quoted-heading
>
> - word-quoted-item

| word-head | b |
|---|---|
| word-cell | d |

<div>word-div <a href="https://example.com/" title="word-html-hover">word-html-link</a></div>

A <b>word-bold</b> paragraph, https://example.com/word-bare and [word-reference][1] or [word-again][1].

[1]: https://example.com/ 'It says &quot;word-defined&quot;'

###### word-h6
"#;

/// What a rule that looks for the word there finds, in the order of the guide.
const SCOPES: [(&str, &[&str]); 19] = [
    (
        "text",
        &[
            "word-title",
            "word-plain",
            "word-link",
            "word-h2",
            "word-tight",
            "word-loose",
            "word-further",
            "word-quoted",
            "word-quoted-heading",
            "word-quoted-item",
            "word-head",
            "word-cell",
            "word-div",
            "word-html-link",
            "word-bold",
            "word-bare",
            "word-reference",
            "word-again",
            "word-h6",
        ],
    ),
    ("title", &["word-title"]),
    ("heading", &["word-title", "word-h2", "word-quoted-heading", "word-h6"]),
    ("heading.h1", &["word-title"]),
    ("heading.h2", &["word-h2"]),
    ("heading.h3", &["word-quoted-heading"]),
    ("heading.h6", &["word-h6"]),
    (
        "paragraph",
        &[
            "word-plain",
            "word-link",
            "word-quoted",
            "word-div",
            "word-html-link",
            "word-bold",
            "word-bare",
            "word-reference",
            "word-again",
        ],
    ),
    ("list", &["word-tight", "word-loose", "word-further", "word-quoted-item"]),
    ("list.item", &["word-tight", "word-loose", "word-further", "word-quoted-item"]),
    ("table", &["word-head", "word-cell"]),
    ("table.cell", &["word-head", "word-cell"]),
    ("blockquote", &["word-quoted", "word-quoted-heading", "word-quoted-item"]),
    ("html", &["word-div", "word-html-link"]),
    ("alt", &["word-alt"]),
    // A bare address is nobody's choice of words.
    ("link.text", &["word-link", "word-html-link", "word-reference", "word-again"]),
    ("link.title", &["word-hover", "word-html-hover", "word-defined"]),
    ("front-matter.author", &["word-author"]),
    ("front-matter.editor", &[]),
];

fn found(scope: &str) -> Vec<String> {
    let text = format!(
        "kind = \"existence\"\nseverity = \"warning\"\nmessage = \"`{{match}}`\"\ndocs = \"Flags a word.\"\n\
         scope = [\"{scope}\"]\nslow = true\npatterns = ['word-[a-z0-9]+(?:-[a-z]+)*']\n\
         [[bad]]\ntext = \"word-a\"\n[[good]]\ntext = \"none\"\n"
    );
    let knowledge = Knowledge::builtin();
    let rule = declarative::read("style/word", "word.toml", &text, &knowledge).unwrap_or_else(|it| panic!("{it}"));
    let checker = Checker::new(knowledge, vec![Box::new(rule)]);
    let source = Arc::new(Source::new("a.md", GUIDE));
    let file = checker.check_with(source, common::today(), &Settings::default());
    let own = file.diagnostics.iter().filter(|it| it.rule == "style/word");
    own.map(|it| file.source.slice(it.span).to_owned()).collect()
}

#[test]
fn every_scope_is_the_part_of_a_guide_it_is_named_after() {
    for (scope, wanted) in SCOPES {
        assert_eq!(found(scope), wanted, "{scope}");
    }
    let everywhere = GUIDE.matches("word-").count();
    assert_eq!(found("raw").len(), everywhere, "code and front matter are in the bytes of the file");
}
