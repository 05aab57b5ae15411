use std::fmt::Write;

use crate::diagnostic::{Failure, Severity};

use super::super::wording;
use super::{Count, Html, class, escape, inline, message, rule_link};

/// The rules of the style sheet by which the check boxes hide what is not wanted: in a group with a tick, whatever has none.
pub(super) fn filter_rules(rules: usize, countries: usize) -> String {
    let mut css = String::new();
    let unless = |group: &str, control: &str| format!("body:has(.{group} :checked):not(:has(#{control}:checked))");
    let mut hide = |group: &str, control: &str, class: &str| {
        let body = unless(group, control);
        let _ = writeln!(css, "{body} :is(.finding,.badge).{class}{{display:none}}{body} mark.{class}{{all:unset}}");
    };
    for severity in [Severity::Error, Severity::Warning, Severity::Info] {
        hide("by-severity", &format!("show-{}", severity.as_str()), class(severity));
    }
    for rule in 0..rules {
        hide("by-rule", &format!("show-r{rule}"), &format!("r{rule}"));
    }
    for country in 0..countries {
        let body = unless("by-country", &format!("show-c{country}"));
        let _ = writeln!(css, "{body} .c{country}{{display:none}}");
    }
    css
}

/// By name, each with the place it has in the style sheet; what has no name comes last.
fn by_name(counts: &[Count]) -> impl Iterator<Item = (usize, &Count)> {
    let mut all: Vec<(usize, &Count)> = counts.iter().enumerate().collect();
    all.sort_by_key(|(_, it)| (it.name.is_empty(), it.name.as_str()));
    all.into_iter()
}

impl Html {
    /// Counts, what to fix first, and the filters.
    pub(super) fn push_overview(&self, out: &mut String, failures: &[Failure]) {
        let _ = writeln!(
            out,
            "<section class=\"overview\" aria-labelledby=\"overview\">\n<h2 id=\"overview\">{}</h2>",
            self.say(&wording::PAGE_OVERVIEW)
        );
        self.push_failures(out, failures);
        if !self.first.is_empty() {
            self.push_first(out);
            self.push_filters(out);
        }
        out.push_str("<div class=\"tables\">\n");
        let rules = self.rules.iter().map(|it| (rule_link(&it.name, self.docs_url.as_deref()), it, ""));
        self.push_table(out, &wording::PAGE_RULES, &wording::PAGE_RULE, rules);
        let countries = self.countries.iter().map(|it| (self.country(it), it, ""));
        self.push_table(out, &wording::PAGE_COUNTRIES, &wording::PAGE_COUNTRY, countries);
        let guides: Vec<(String, String)> = self
            .guides
            .iter()
            .enumerate()
            .map(|(at, it)| {
                let path = format!("<bdi>{}</bdi>", inline(&it.path));
                let link = if it.shown { format!("<a href=\"#g{}\">{path}</a>", at + 1) } else { path };
                let kind = it
                    .kind
                    .as_deref()
                    .map_or(String::new(), |kind| format!(" <span class=\"chip\">{}</span>", inline(kind)));
                (link + &kind, format!("c{}", it.country))
            })
            .collect();
        let guides =
            guides.iter().zip(&self.guides).map(|((name, class), it)| (name.clone(), &it.count, class.as_str()));
        self.push_table(out, &wording::PAGE_GUIDES, &wording::PAGE_GUIDE, guides);
        out.push_str("</div>\n</section>\n");
    }

    fn country(&self, count: &Count) -> String {
        if count.name.is_empty() { self.say(&wording::PAGE_UNKNOWN) } else { inline(&count.name) }
    }

    fn push_failures(&self, out: &mut String, failures: &[Failure]) {
        if failures.is_empty() {
            return;
        }
        let title = wording::count(failures.len(), &wording::ONE_FAILURE, &wording::FAILURES);
        let _ = write!(out, "<h3>{}</h3>\n<ul>\n", escape(&title.text(self.language)));
        for failure in failures {
            let _ = writeln!(out, "<li><bdi>{}</bdi>: {}</li>", inline(&failure.path), inline(&failure.message));
        }
        out.push_str("</ul>\n");
    }

    fn push_first(&self, out: &mut String) {
        let _ = write!(out, "<h3>{}</h3>\n<ol class=\"first\">\n", self.say(&wording::PAGE_FIRST));
        for it in &self.first {
            let (severity, number) = (it.severity.as_str(), it.number);
            let place = format!("<bdi>{}</bdi>", inline(&it.place));
            let place = if it.shown { format!("<a href=\"#f{number}\">{place}</a>") } else { place };
            let text = message(&it.message);
            let _ = writeln!(out, "<li><span class=\"severity {severity}\">{severity}</span> {text} {place}</li>");
        }
        out.push_str("</ol>\n");
    }

    fn push_filters(&self, out: &mut String) {
        let _ = write!(out, "<div class=\"filters\">\n<h3>{}</h3>\n", self.say(&wording::PAGE_FILTER));
        let severities = [Severity::Error, Severity::Warning, Severity::Info]
            .map(|it| (format!("show-{}", it.as_str()), it.as_str().to_owned()));
        self.push_boxes(out, "by-severity", &wording::PAGE_SEVERITIES, severities);
        let rules = by_name(&self.rules).map(|(at, it)| (format!("show-r{at}"), inline(&it.name)));
        self.push_boxes(out, "by-rule", &wording::PAGE_RULES, rules);
        let countries = by_name(&self.countries).map(|(at, it)| (format!("show-c{at}"), self.country(it)));
        self.push_boxes(out, "by-country", &wording::PAGE_COUNTRIES, countries);
        out.push_str("</div>\n");
    }

    fn push_boxes(
        &self,
        out: &mut String,
        group: &str,
        title: &'static crate::diagnostic::Wording,
        boxes: impl IntoIterator<Item = (String, String)>,
    ) {
        let _ = writeln!(out, "<fieldset class=\"{group}\">\n<legend>{}</legend>", self.say(title));
        for (id, name) in boxes {
            let _ = writeln!(out, "<label><input type=\"checkbox\" id=\"{id}\"> {name}</label>");
        }
        out.push_str("</fieldset>\n");
    }

    fn push_table<'a>(
        &self,
        out: &mut String,
        title: &'static crate::diagnostic::Wording,
        column: &'static crate::diagnostic::Wording,
        rows: impl Iterator<Item = (String, &'a Count, &'a str)>,
    ) {
        let mut rows: Vec<_> = rows.collect();
        if rows.is_empty() {
            return;
        }
        rows.sort_by_key(|(_, count, _)| std::cmp::Reverse((count.errors, count.warnings, count.infos)));
        let _ = write!(
            out,
            "<table>\n<caption>{}</caption>\n<thead><tr><th scope=\"col\">{}</th><th scope=\"col\">error</th>\
             <th scope=\"col\">warning</th><th scope=\"col\">info</th></tr></thead>\n<tbody>\n",
            self.say(title),
            self.say(column)
        );
        for (name, count, class) in rows {
            let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
            let _ = writeln!(
                out,
                "<tr{class}><th scope=\"row\">{name}</th><td>{}</td><td>{}</td><td>{}</td></tr>",
                count.errors, count.warnings, count.infos
            );
        }
        out.push_str("</tbody>\n</table>\n");
    }

    /// The documentation of the rules that found something.
    pub(super) fn push_rules(&self, out: &mut String) {
        let mut documented = self.rules.iter().filter_map(|it| Some((it, self.docs.get(&it.name)?))).peekable();
        if documented.peek().is_none() {
            return;
        }
        let _ = writeln!(
            out,
            "<section class=\"rules\" aria-labelledby=\"rules\">\n<h2 id=\"rules\">{}</h2>",
            self.say(&wording::PAGE_OF_RULE)
        );
        for (rule, docs) in documented {
            let _ = writeln!(
                out,
                "<details>\n<summary>{}</summary>\n<pre>{}</pre>\n</details>",
                inline(&rule.name),
                escape(docs.trim())
            );
        }
        out.push_str("</section>\n");
    }
}
