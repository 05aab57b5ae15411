//! The sentences renderers say of their own.

use crate::diagnostic::{Language, Message, SourceKind, Wording};

macro_rules! wordings {
    ($($name:ident = $id:literal, $en:literal, $zh:literal;)*) => {
        $(pub(super) static $name: Wording = Wording::new($id, $en, $zh);)*
        /// Every sentence renderers can say of their own.
        pub static WORDINGS: &[&Wording] = &[$(&$name),*];
    };
}

wordings! {
    BECAUSE = "render/because", "because", "依据";
    HELP = "render/help", "help", "建议";
    NOTE = "render/note", "note", "说明";
    FIX_SAFE = "render/fix.safe", "{title} (`--fix` does it)", "{title}（`--fix` 可自动完成）";
    FIX_UNSAFE = "render/fix.unsafe", "{title} (`--unsafe-fixes` does it; look at the result)", "{title}（`--unsafe-fixes` 可完成，请核对结果）";
    FIX_SHOWN = "render/fix.shown", "{title}", "{title}";
    MORE_PLACES = "render/more-places", "and {count} more: {places}", "另有 {count} 处：{places}";
    READ = "render/read", "read {day}", "{day} 查阅";
    COPY_READ = "render/read.copy", "stored copy read {day}", "{day} 查阅存档副本";
    ONE_GUIDE = "render/guides.one", "1 guide checked", "已检查 1 篇指南";
    GUIDES = "render/guides", "{count} guides checked", "已检查 {count} 篇指南";
    WITH_ONE_RULE = "render/rules.one", " with 1 rule", "（1 条规则）";
    WITH_RULES = "render/rules", " with {count} rules", "（{count} 条规则）";
    SUMMARY = "render/summary", "{guides}{rules}: {findings}{silenced}{knowledge}", "{guides}{rules}：{findings}{silenced}{knowledge}";
    NOTHING = "render/nothing", "nothing found", "未发现问题";
    ONE_ERROR = "render/errors.one", "1 error", "1 个错误";
    ERRORS = "render/errors", "{count} errors", "{count} 个错误";
    ONE_WARNING = "render/warnings.one", "1 warning", "1 个警告";
    WARNINGS = "render/warnings", "{count} warnings", "{count} 个警告";
    INFOS = "render/infos", "{count} info", "{count} 条提示";
    SILENCED = "render/silenced", " ({list})", "（{list}）";
    SUPPRESSED = "render/suppressed", "{count} suppressed", "另有 {count} 条已抑制";
    BASELINED = "render/baselined", "{count} in the baseline", "{count} 条在基线中";
    KNOWLEDGE = "render/knowledge", "; knowledge as of {day}", "；知识截至 {day}";
    ONE_FAILURE = "render/failures.one", "1 file could not be checked", "有 1 个文件未能检查";
    FAILURES = "render/failures", "{count} files could not be checked", "有 {count} 个文件未能检查";
    FACTS = "render/facts", "read: {list}", "已读取：{list}";
    FACT_NUMBERS = "render/facts.numbers", "telephone numbers: {count} ({known} known, {unknown} unknown)", "电话号码 {count} 个（已知 {known}，未知 {unknown}）";
    FACT_CARRIERS = "render/facts.carriers", "carriers: {count} ({known} current)", "运营商 {count} 家（现行 {known}）";
    FACT_LINKS = "render/facts.links", "links: {count}", "链接 {count} 个";
    MIXED_COUNTRIES = "render/mixed.countries", "about several countries, so that what needs one country was not checked: {list}{more}", "涉及多个国家或地区，需要单一国家的内容未检查：{list}{more}";
    MIXED_KINDS = "render/mixed.kinds", "of several kinds, so that what a kind of guide owes was not checked: {list}{more}", "涉及多类指南，各类应有的内容未检查：{list}{more}";
    MIXED_MORE = "render/mixed.more", " and {count} more", "，另有 {count} 篇";
    PAGE = "render/page", "guidelint report", "guidelint 检查报告";
    PAGE_AS_OF = "render/page.as-of", "As of {day}, guidelint {version}", "截至 {day}，guidelint {version}";
    PAGE_FIRST = "render/page.first", "What to fix first", "优先处理";
    PAGE_GUIDES = "render/page.guides", "Guides", "指南";
    PAGE_GUIDE = "render/page.guide", "Guide", "指南";
    PAGE_RULES = "render/page.rules", "Rules", "规则";
    PAGE_RULE = "render/page.rule", "Rule", "规则";
    PAGE_COUNTRIES = "render/page.countries", "Countries", "国家和地区";
    PAGE_COUNTRY = "render/page.country", "Country", "国家和地区";
    PAGE_FINDINGS = "render/page.findings", "Findings", "问题";
    PAGE_SEVERITIES = "render/page.severities", "Severities", "严重程度";
    PAGE_FILTER = "render/page.filter", "Show only", "仅显示";
    PAGE_UNKNOWN = "render/page.unknown", "no single country", "未确定";
    PAGE_PLACE = "render/page.place", "line {line}, column {column}", "第 {line} 行，第 {column} 列";
    PAGE_LINE = "render/page.line", "line {line}", "第 {line} 行";
    PAGE_SURE = "render/page.sure", "confidence: {confidence}", "把握：{confidence}";
    PAGE_FINDING = "render/page.finding", "finding {number}, {severity}", "第 {number} 条，{severity}";
    PAGE_TEXT = "render/page.text", "Text of {path}", "{path} 的正文";
    PAGE_FOLDED = "render/page.folded", "{count} lines without a finding", "{count} 行未发现问题";
    PAGE_LEFT_OUT = "render/page.left-out", "{count} lines not shown", "未显示 {count} 行";
    PAGE_GUIDES_LEFT_OUT = "render/page.guides-left-out", "To keep this page readable, {count} more guides with findings are counted above and not shown here; the JSON report has all of them.", "为便于阅读，另有 {count} 篇有问题的指南仅计入上方统计，未在此显示；完整内容见 JSON 报告。";
    PAGE_ALSO = "render/page.also", "Also here", "相关位置";
    PAGE_FIX = "render/page.fix", "Change", "修改";
    PAGE_BY = "render/page.by", "to", "为";
    PAGE_OF_RULE = "render/page.of-rule", "About the rules", "规则说明";
    PAGE_OVERVIEW = "render/page.overview", "Overview", "概览";
    LEFT_OUT = "render/left-out", "… and {count} more findings; the full report has them all.", "……另有 {count} 条，见完整报告。";
    STATISTICS = "render/statistics", "findings by rule", "按规则统计";
    STATISTICS_FILES = "render/statistics.files", "findings by guide", "按指南统计";
    STATISTICS_COUNTRIES = "render/statistics.countries", "findings by country", "按国家和地区统计";
    STATISTICS_MORE = "render/statistics.more", "… and {count} more", "……另有 {count} 项";
    TIME = "render/time", "time: {whole} over all guides: reading {reading}, rules {rules}", "用时：全部指南共 {whole}，其中读取 {reading}，规则 {rules}";
    TIME_RULES = "render/time.rules", "slowest rules: {list}", "最慢的规则：{list}";
    TIME_FILES = "render/time.files", "slowest guides: {list}", "最慢的指南：{list}";
    SOURCE_REGULATOR = "render/source.regulator", "regulator", "监管机构";
    SOURCE_CARRIER = "render/source.carrier", "carrier", "运营商";
    SOURCE_STANDARD = "render/source.standard", "standard", "技术标准";
    SOURCE_PRESS = "render/source.press", "press", "新闻媒体";
    SOURCE_DATASET = "render/source.dataset", "dataset", "数据集";
    SOURCE_ENCYCLOPEDIA = "render/source.encyclopedia", "encyclopedia", "百科";
    SOURCE_BLOG = "render/source.blog", "blog", "博客";
}

/// The word for `number` guides, padded so that a column of them is straight.
pub(super) fn guides(number: usize, language: Language) -> &'static str {
    match (language, number) {
        (Language::En, 1) => "guide ",
        (Language::En, _) => "guides",
        (Language::Zh, _) => "篇指南",
    }
}

/// One of two wordings, as the number wants.
pub(super) fn count(number: usize, one: &'static Wording, many: &'static Wording) -> Message {
    let wording = if number == 1 { one } else { many };
    Message::new(wording).with("count", number)
}

/// A kind of source, named for people.
pub(super) fn source_kind(kind: SourceKind, language: Language) -> String {
    let wording = match kind {
        SourceKind::Regulator => &SOURCE_REGULATOR,
        SourceKind::Carrier => &SOURCE_CARRIER,
        SourceKind::Standard => &SOURCE_STANDARD,
        SourceKind::Press => &SOURCE_PRESS,
        SourceKind::Dataset => &SOURCE_DATASET,
        SourceKind::Encyclopedia => &SOURCE_ENCYCLOPEDIA,
        SourceKind::Blog => &SOURCE_BLOG,
    };
    Message::new(wording).text(language)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names in braces, sorted.
    fn slots(text: &str) -> Vec<&str> {
        let mut names: Vec<&str> = text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect();
        names.sort_unstable();
        names
    }

    #[test]
    fn every_sentence_is_said_in_both_languages() {
        for wording in WORDINGS {
            assert!(!wording.en.is_empty() && !wording.zh.is_empty(), "{}", wording.id);
            let one = wording.id.ends_with(".one");
            assert!(one || slots(&wording.en) == slots(&wording.zh), "{}", wording.id);
        }
    }
}
