use crate::declare_rule;
use crate::diagnostic::{Applicability, Edit, Message, RuleMeta, Wording};
use crate::facts::{NumberForm, NumberKind};
use crate::rule::{Context, Findings, Rule};

declare_rule! {
    /// Flags a valid number that is not written in the international form of E.123.
    ///
    /// ## Why
    /// A number with its country calling code and the usual spaces works from every phone in every country, and is read without
    /// mistakes. Off by default: many guides write for readers at home.
    ///
    /// ## How it decides
    /// Every number that its plan can issue is compared with its international form; kinds of spaces do not matter. Short
    /// numbers, numbers that cannot be called from abroad as they stand, links and examples are left alone.
    ///
    /// ```md bad
    /// # Help in Albania
    ///
    /// Call the shop in Tirana at +355-42-274-961.
    /// ```
    ///
    /// ```md good
    /// # Help in Albania
    ///
    /// Call the shop in Tirana at +355 4 227 4961.
    /// ```
    pub Format {
        name: "phone/format",
        severity: Info,
        confidence: High,
        on_by_default: false,
        fix: Safe,
        since: "0.1.0",
        wordings: [OTHERWISE, WRITE],
    }
}

static OTHERWISE: Wording =
    Wording::new("phone/format", "`{number}` is not in international form", "`{number}` 未采用国际格式");
static WRITE: Wording = Wording::new("phone/format.fix", "write `{international}`", "写作 `{international}`");

impl Rule for Format {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Findings<'_>) {
        for number in &cx.facts.numbers {
            let Some(valid) = number.valid() else { continue };
            let written = matches!(number.form, NumberForm::International | NumberForm::National);
            // Toll-free and shared-cost numbers seldom work from abroad: their national form says more.
            let local = number.form == NumberForm::National
                && matches!(
                    valid.kind,
                    NumberKind::TollFree | NumberKind::SharedCost | NumberKind::PremiumRate | NumberKind::Uan
                );
            if !written || local || !number.is_given() || number.extension.is_some() {
                continue;
            }
            let plain: String = number.raw.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
            let international = valid.international();
            if plain == international {
                continue;
            }
            let edit = Edit { span: number.span, replacement: international.clone() };
            // Markup inside the number would be lost.
            let safe = cx.source.slice(number.span) == number.raw;
            let applicability = if safe { Applicability::Safe } else { Applicability::DisplayOnly };
            findings.report(number.span, Message::new(&OTHERWISE).with("number", number.raw.as_str())).fix(
                Message::new(&WRITE).with("international", international.as_str()),
                vec![edit],
                applicability,
            );
        }
    }
}
