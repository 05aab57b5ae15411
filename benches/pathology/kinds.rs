//! What hostile guides are made of: each kind is a text of about the wanted size.

/// A kind of hostile text.
pub struct Kind {
    /// How the table calls it.
    pub name: &'static str,
    /// Writes about so many bytes of it.
    pub text: fn(usize) -> String,
}

/// A guide that knows its country, kind and language, so that every rule has something to say.
const START: &str = "# How to cancel an Albanian SIM card\n\n";

fn repeat(unit: &str, size: usize) -> String {
    format!("{START}{}\n", unit.repeat(size / unit.len() + 1))
}

/// All in the title.
fn title(unit: &str, size: usize) -> String {
    format!("# {}\n\nA guide.\n", unit.repeat(size / unit.len() + 1))
}

/// All in one item of a list.
fn item(unit: &str, size: usize) -> String {
    format!("{START}- {}\n", unit.repeat(size / unit.len() + 1))
}

/// The unit with a number that differs every time in place of `@`.
fn counted(unit: &str, size: usize) -> String {
    let mut text = START.to_owned();
    let mut at = 0;
    while text.len() < size {
        text.push_str(&unit.replace('@', &at.to_string()));
        at += 1;
    }
    text
}

/// Opened as often as closed.
fn nested(open: &str, middle: &str, close: &str, size: usize) -> String {
    let times = size / (open.len() + close.len());
    format!("{START}{}{middle}{}\n", open.repeat(times), close.repeat(times))
}

/// Lines, each deeper than the one before; a size is a sum, so the depth is its square root.
fn stairs(step: &str, line: &str, size: usize) -> String {
    let mut text = START.to_owned();
    let mut depth = 0;
    while text.len() < size {
        text.push_str(&step.repeat(depth));
        text.push_str(line);
        depth += 1;
    }
    text
}

macro_rules! kinds {
    ($($name:literal: $write:ident($($argument:literal),*);)*) => {
        pub const KINDS: &[Kind] = &[$(Kind { name: $name, text: |size| $write($($argument,)* size) }),*];
    };
}

kinds! {
    // Brackets, links, references.
    "bracket_open": repeat("[");
    "bracket_close": repeat("]");
    "bracket_nested": nested("[", "a", "]");
    "link_open": repeat("[a](");
    "link_open_angle": repeat("[a](<b");
    "link_title_open": repeat("[a](b \"");
    "link_nested": nested("[", "a", "](b)");
    "link_flat": repeat("[a](https://example.org/b) ");
    "link_relative": repeat("[a](b) ");
    "link_same_text": repeat("[official site](https://example.org) ");
    "image_nested": nested("![", "a", "](b)");
    "image_flat": repeat("![a](https://example.org/b.png) ");
    "ref_undefined": repeat("[a][b] ");
    "ref_short": repeat("[a] ");
    "refdef_same": repeat("[a]: u\n");
    "refdef_many": counted("[a@]: https://example.org/@\n");
    "refdef_used": counted("[a@]\n\n[a@]: https://example.org/@\n\n");
    "footnotes": counted("a[^@]\n\n[^@]: b\n\n");
    "autolinks": counted("<https://example.org/@> ");
    "bare_urls": counted("https://example.org/@ ");
    "bare_urls_joined": repeat("https://");
    "bare_hosts": repeat("example.org/a ");
    "dots": repeat("a.");
    "url_long": repeat("https://example.org/?a=b&");
    "url_percent": repeat("https://example.org/%41%42%43 ");
    "messengers": counted("https://t.me/sim_seller_@ ");
    "messenger_links": counted("[buy here](https://t.me/sim_seller_@)\n\n");
    // Emphasis and code.
    "stars": repeat("*");
    "underscores": repeat("_");
    "emph_open": repeat("*a ");
    "emph_close": repeat("a* ");
    "emph_nested": repeat("*a **a ");
    "emph_mod3": repeat("a***b*c ");
    "emph_words": repeat("**a** ");
    "strike": repeat("~~a ");
    "backtick_run": repeat("`");
    "backtick_stairs": stairs("`", " ");
    "code_spans": repeat("`a` ");
    "fences": repeat("```\na\n```\n");
    "fence_open": repeat("~~~\n");
    "indented": repeat("    a\n\n");
    "escapes": repeat("\\+\\*");
    "entities": repeat("&amp;&#43;");
    "ampersands": repeat("&");
    // Blocks.
    "quote_deep_line": repeat(">");
    "quote_stairs": stairs("> ", "a\n");
    "quote_lazy": nested("> ", "a\n", "b\n");
    "quote_flat": repeat("> a\n\n");
    "list_deep_line": repeat("- ");
    "list_stairs": stairs("  ", "- a\n");
    "list_flat": repeat("- a\n");
    "list_loose": repeat("- a\n\n");
    "list_numbered": counted("@. a\n");
    "list_tasks": repeat("- [ ] a\n");
    "list_restarts": repeat("1. a\n\n<!-- -->\n\n");
    "headings": counted("## Part @\n\na\n\n");
    "headings_same": repeat("## Steps\n\n");
    "headings_empty": repeat("##\n");
    "headings_deep": repeat("###### a\n");
    "hashes": repeat("#");
    "setext": repeat("a\n=\n");
    "thematic": repeat("***\n");
    "thematic_line": repeat("* ");
    "table_wide": repeat("|a");
    "table_wide_ruled": table_wide();
    "table_long": table_long();
    "table_autofill": table_autofill();
    "table_numbers": table_numbers();
    "paragraphs": repeat("a\n\n");
    "line_feeds": repeat("\n");
    "carriage_returns": repeat("a\r");
    "spaces": repeat(" ");
    "tabs": repeat("\t");
    "hard_breaks": repeat("a  \n");
    // HTML, MDX, front matter, directives.
    "html_open": repeat("<a ");
    "html_nested": nested("<b>", "a", "</b>");
    "html_unclosed": repeat("<div>\n");
    "html_closers": repeat("</div>\n");
    "html_inline_open": repeat("a<b>");
    "html_links": repeat("<a href=\"https://example.org\">a</a> ");
    "html_sellers": counted("<p>buy <a href=\"https://t.me/sim_seller_@\">Telegram</a></p>\n\n");
    "html_attributes": repeat("<a b=\"c\" d='e' f>");
    "html_headings": repeat("<h2>a</h2>\n\n");
    "html_hidden": nested("<div style=\"display:none\">", "a", "</div>");
    "html_hidden_flat": repeat("<span hidden>call me</span> ");
    "html_comment_open": repeat("<!--");
    "html_comments": repeat("<!-- a --> ");
    "html_instruction": repeat("<?");
    "html_cdata": repeat("<![CDATA[");
    "html_declaration": repeat("<!A ");
    "angle_open": repeat("<");
    "angle_close": repeat(">a");
    "directives": repeat("<!-- guidelint: allow phone/invalid -- x -->\n\na\n\n");
    "directives_inline": repeat("a <!-- guidelint: allow phone/invalid -- x -->\n");
    "directives_open": repeat("<!-- guidelint: allow-start phone/invalid -- x -->\n\n");
    "directives_pairs": repeat("<!-- guidelint: allow-start phone/invalid -- x -->\n\na\n\n<!-- guidelint: allow-end phone/invalid -->\n\n");
    "directives_broken": repeat("<!-- guidelint: alow -->\n\n");
    "directives_used": counted("+355 69 123 4567 <!-- guidelint: allow phone/placeholder -- x -->\n\n");
    "mdx": repeat("{/* a */} <Tab b={c}> ");
    "front_list": front("- a\n");
    "front_keys": front_keys();
    "front_countries": front_countries();
    "front_nested": front_nested();
    "front_braces": front_flow("{a: ");
    "front_brackets": front_flow("[");
    "front_open": front_open();
    // Digits and numbers.
    "digits": repeat("1");
    "digits_spaced": repeat("1 ");
    "digits_dashed": repeat("1-");
    "digits_dotted": repeat("1.");
    "digits_slashed": repeat("1/");
    "digits_groups": repeat("123 456 789 ");
    "digits_lines": repeat("123456789\n");
    "digits_full_width": repeat("１");
    "digits_arabic": repeat("٣");
    "plus": repeat("+");
    "plus_digits": repeat("+1");
    "parentheses_open": repeat("(1");
    "phones_placeholder": counted("Call +355 69 123 4567 or ask.\n\n");
    "phones_same_line": repeat("+355 4 222 2222, ");
    "phones_many": phones_many();
    "phones_foreign": counted("Call +49 30 1234@.\n\n");
    "phones_national": counted("Tel. 069 20 @ now. ");
    "phones_carriers": counted("- **Vodafone Albania**: +355 69 20@\n");
    "imeis": counted("IMEI: 49015420323751@\n\n");
    "iccids": counted("ICCID 89355010000000000@\n\n");
    "eids": counted("EID 8904903200000000000000000000@\n\n");
    "ussd": counted("Dial *1@# now.\n\n");
    "ussd_run": repeat("*#");
    "mcc_mnc": counted("MCC 276 MNC 0@ ");
    "apns": counted("APN: internet@\n\n");
    "activation": counted("LPA:1$example.org$@ ");
    "prices": counted("It costs @ ALL a month. ");
    "durations": counted("It takes @ days. ");
    "prices_linked": counted("It costs 10 € a month. [a](https://t.me/sim_seller_@)\n\n");
    "steps_headed": repeat("## 3 steps\n\n1. a\n2. b\n\n");
    "steps_led": repeat("Follow these 3 steps:\n\n1. a\n2. b\n\n");
    "tables_headed": counted("## Shop @\n\n| a | b |\n|---|---|\n\n");
    "dates": counted("2026-11-22 ");
    "dates_chinese": repeat("2026年2月30日");
    "dates_impossible": repeat("30 February 2026. ");
    "dates_checked": repeat("Last checked: 2019-01-01.\n\n");
    "dates_ended": repeat("The SIM offer is valid until 3 May 2021.\n\n");
    "times": repeat("24/7 ");
    "percents": counted("@% ");
    // Words and names.
    "letters": repeat("a");
    "words": repeat("word ");
    "han": repeat("中");
    "han_sentences": repeat("注销手机卡需要带护照去营业厅。");
    "thai": repeat("ไทย");
    "emoji": repeat("👨‍👩‍👧");
    "carrier_same": repeat("Vodafone Albania ");
    "carrier_lines": repeat("- Vodafone Albania\n");
    "carrier_old": repeat("Call AMC today.\n\n");
    "carrier_unknown": counted("- Operator Example@ Mobile\n");
    "carrier_unknown_beside": counted("- Vodafone\n- Foobar@\n");
    "carrier_tables": counted("| Operator | Hotline |\n|---|---|\n| Foobar@ | 0800 123 |\n| Bazqux@ | 0800 124 |\n\n");
    "carrier_counts_endless": repeat("the three operators ");
    "carrier_years_open": repeat("AMC (");
    "carrier_called": repeat("the operator a ");
    "carrier_pairs": repeat("Vodafone Albania (AMC) ");
    "carrier_now": repeat("AMC (now ONE Albania), ");
    "carrier_apns": repeat("APN Vodafone Albania: web.example ");
    "carrier_rows_hosted": counted("| Lebara@ | Vodafone | 0800 12@ |\n");
    "carrier_titles": title("Vodafone Albania: cancel | ");
    "numbers_denied": counted("not 06921@ but 06922@ ");
    "numbers_warned": counted("Scammers pose as Vodafone and call from 069 212 3@.\n\n");
    "numbers_twice": repeat("To reach 069 212 3456 dial +355 69 212 3456. ");
    "ussd_patterns": repeat("dial *123*pin# ");
    "ussd_shared": repeat("拨*100#查,拨*111#查,");
    "carrier_counts": repeat("The three operators are here. ");
    "carrier_foreign": repeat("T-Mobile Verizon ");
    "countries": repeat("Albania Germany France ");
    "generations": repeat("3G 4G 5G ");
    "emergency": repeat("The emergency number is 112. ");
    "calling_code": repeat("The country code is +355. ");
    "item_numbers": item("AMC +355 69 123 4567, ");
    "item_links": item("[buy](https://wa.me/355691234567) ");
    "sections_thin": repeat("## Customer service\n\nx\n\n");
    "number_prefixes": repeat("Numbers begin with +39.\n\n");
    "regulators": repeat("Ofcom says no.\n\n");
    "placeholders": repeat("TODO ");
    "braces": repeat("{{");
    "brace_pairs": repeat("{{a}} ");
    "claims": repeat("According to the regulator, it is free. ");
    "official": repeat("official website ");
    "hard_sell": repeat("Best price, buy now! ");
    // Handles and disguises.
    "ats": repeat("@");
    "at_words": repeat("@a ");
    "at_names": repeat("@sim_seller_example ");
    "emails": repeat("seller@example.org ");
    "email_run": repeat("a@");
    "email_dots": repeat("a@b.c.");
    "handles": counted("Telegram: sim_seller_@\n\n");
    "handles_cue": repeat("Telegram ");
    "handles_chinese": counted("客服微信：sim_seller_@。");
    "disguised": repeat("t . m e / s e l l e r ");
    "disguised_letters": repeat("v x ");
    "zero_width": repeat("\u{200b}");
    "zero_width_words": repeat("te\u{200b}le\u{200d}gram ");
    "combining": repeat("\u{301}");
    "combining_words": repeat("a\u{301}\u{302}\u{303}");
    "bidi": repeat("\u{202e}a\u{202c}");
    "tags": repeat("\u{e0061}");
    "nul": repeat("\0");
    "terminal": repeat("\u{1b}[31m");
    "byte_order_marks": repeat("\u{feff}");
    "lookalike_hosts": counted("[site](https://a@.vodafone-sim.top)\n\n");
    "lookalikes": repeat("vоdafone.al ");
    "mixed_scripts": repeat("аa ");
    "quotes": repeat("\"a' ");
    "backslashes": repeat("\\");
    "pipes": repeat("|");
    "colons": repeat("a:");
    "commas": repeat("a,b，");
    "stops": repeat("a. ");
    "slashes": repeat("/a");
    "dashes": repeat("-");
    "equals": repeat("=");
}

fn table_wide(size: usize) -> String {
    let columns = size / 10;
    format!("{START}{}|\n{}|\n{}|\n", "|a".repeat(columns), "|---".repeat(columns), "|+1".repeat(columns))
}

fn table_long(size: usize) -> String {
    format!("{START}| a | b |\n|---|---|\n{}", "| 1 | c |\n".repeat(size / 10))
}

/// Rows that name one cell of many: the parser fills the rest in, up to a limit of its own.
fn table_autofill(size: usize) -> String {
    let columns = size.isqrt();
    format!(
        "{START}{}|\n{}|\n{}",
        "|a".repeat(columns),
        "|-".repeat(columns),
        "|a\n".repeat(size.saturating_sub(4 * columns) / 3)
    )
}

fn table_numbers(size: usize) -> String {
    let mut text = format!("{START}| Carrier | Customer service |\n|---|---|\n");
    let mut at = 0;
    while text.len() < size {
        text.push_str(&format!("| Vodafone Albania {at} | +355 69 {:03} {:04} |\n", at / 10_000 % 1000, at % 10_000));
        at += 1;
    }
    text
}

fn phones_many(size: usize) -> String {
    let mut text = START.to_owned();
    let mut at = 0;
    while text.len() < size {
        text.push_str(&format!("Call +355 69 {:03} {:04}.\n\n", at / 10_000 % 1000, at % 10_000));
        at += 1;
    }
    text
}

fn front(item: &str, size: usize) -> String {
    format!("---\ntitle: a\nlist:\n{}---\n\n{START}", item.repeat(size / item.len()))
}

fn front_keys(size: usize) -> String {
    let mut text = "---\n".to_owned();
    let mut at = 0;
    while text.len() < size {
        text.push_str(&format!("key{at}: a\n"));
        at += 1;
    }
    text + "---\n\n" + START
}

/// As many countries that are none as a front matter may name.
fn front_countries(size: usize) -> String {
    const LONGEST: usize = 60_000;
    let mut text = "---\ncountries: \"".to_owned();
    let mut at = 0;
    while text.len() < size.min(LONGEST) {
        text.push_str(&format!("xy{at}, "));
        at += 1;
    }
    text + "\"\n---\n\n" + START
}

fn front_nested(size: usize) -> String {
    let mut text = "---\n".to_owned();
    let mut depth = 0;
    while text.len() < size {
        text.push_str(&" ".repeat(depth));
        text.push_str("a:\n");
        depth += 1;
    }
    text + "---\n\n" + START
}

fn front_flow(open: &str, size: usize) -> String {
    format!("---\na: {}\n---\n\n{START}", open.repeat(size / open.len()))
}

fn front_open(size: usize) -> String {
    format!("---\n{}", "a: b\n".repeat(size / 5))
}
