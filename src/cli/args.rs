use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};
use guidelint::check::FileSize;
use guidelint::date::Date;
use guidelint::diagnostic::{Confidence, Severity};
use guidelint::render::Format;

/// Lints and fact-checks telecom guides written in Markdown.
#[derive(Debug, Parser)]
#[command(name = "guidelint", disable_version_flag = true, max_term_width = 100)]
pub struct Arguments {
    /// Print the version and how recent the knowledge is
    #[arg(short = 'V', long, action = ArgAction::SetTrue)]
    pub version: bool,

    #[command(subcommand)]
    pub command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check guides and say what is wrong with them
    Check(Box<CheckArgs>),
    /// Say what a rule flags, why, and how it decides
    Explain {
        /// A rule, such as phone/placeholder, or a group, such as phone
        rule: String,
    },
    /// Say everything known of a number, a carrier, a network code or a country
    Lookup {
        /// +355 69 123 4567, 142, 27602, a carrier's name, or AL
        #[arg(allow_hyphen_values = true)]
        query: String,
        /// The country to read it in (ISO 3166-1 alpha-2)
        #[arg(long, value_name = "CC", value_parser = country)]
        country: Option<String>,
        /// How to write it
        #[arg(long, value_enum, default_value_t = ListFormat::Text)]
        format: ListFormat,
    },
    /// Run the examples of declarative rules, and read country files and guide kinds
    Test {
        /// Projects, packs, or single files
        #[arg(value_name = "PATH", default_value = ".")]
        paths: Vec<PathBuf>,
    },
    /// Write a commented guidelint.toml for the guides in a folder
    Init {
        /// The folder
        #[arg(value_name = "FOLDER", default_value = ".")]
        folder: PathBuf,
        /// Print the skeleton of a guide of this kind instead, such as cancel-sim
        #[arg(long, value_name = "KIND")]
        kind: Option<String>,
        /// The language of the skeleton (BCP 47)
        #[arg(long, value_name = "LL", default_value = "en", requires = "kind", value_parser = language)]
        lang: String,
        /// The country of the skeleton (ISO 3166-1 alpha-2)
        #[arg(long, value_name = "CC", value_parser = country, requires = "kind")]
        country: Option<String>,
    },
    /// Show the settings that hold for a file or folder
    Config {
        /// The file or folder
        #[arg(value_name = "PATH", default_value = ".")]
        path: PathBuf,
        /// Say which line of which file set each
        #[arg(long)]
        show_origin: bool,
    },
    /// Print the JSON Schema of the configuration, the JSON report, a rule file or a pack.toml
    Schema {
        /// Which
        #[arg(value_enum)]
        of: SchemaOf,
    },
    /// Print the completions for a shell
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
    /// List the rules
    Rules {
        /// How to write the list
        #[arg(long, value_enum, default_value_t = ListFormat::Text)]
        format: ListFormat,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    Text,
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SchemaOf {
    Config,
    Report,
    #[value(alias = "rule")]
    Rules,
    Pack,
}

#[derive(Clone, Debug, Args)]
pub struct CheckArgs {
    /// Files and folders; `-` reads standard input
    #[arg(value_name = "PATH", default_value = ".")]
    pub paths: Vec<PathBuf>,

    /// What to write to standard output
    #[arg(long, value_name = "FMT", default_value = "text", value_parser = format)]
    pub format: Format,
    /// Write a report to a file as well; may be given several times
    #[arg(long, value_name = "FMT=FILE", value_parser = report)]
    pub report: Vec<(Format, PathBuf)>,

    /// Use this configuration instead of the guidelint.toml above each file
    #[arg(long, value_name = "FILE", conflicts_with = "isolated")]
    pub config: Option<PathBuf>,
    /// Use no configuration at all
    #[arg(long)]
    pub isolated: bool,

    /// Run only these: rules, groups or `all`
    #[arg(long, value_name = "RULE,…", value_delimiter = ',')]
    pub select: Vec<String>,
    /// Do not run these
    #[arg(long, value_name = "RULE,…", value_delimiter = ',')]
    pub ignore: Vec<String>,
    /// The least severity that fails the run [default: warning]
    #[arg(long, value_name = "SEVERITY", value_parser = fail_on)]
    pub fail_on: Option<FailOn>,
    /// Fail when more warnings than this are shown
    #[arg(long, value_name = "N")]
    pub max_warnings: Option<usize>,
    /// Drop findings we are less sure of
    #[arg(long, value_name = "CONFIDENCE", value_parser = confidence)]
    pub min_confidence: Option<Confidence>,

    /// The day to check for [default: today in UTC]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub as_of: Option<Date>,
    /// The country every guide is about (ISO 3166-1 alpha-2)
    #[arg(long, value_name = "CC", value_parser = country)]
    pub country: Option<String>,
    /// The language every guide is in (BCP 47)
    #[arg(long, value_name = "LL", value_parser = language)]
    pub lang: Option<String>,
    /// The name standard input is reported under
    #[arg(long, value_name = "PATH")]
    pub stdin_filename: Option<PathBuf>,

    /// Apply the fixes that keep the meaning, until none is left; exit by what remains
    #[arg(long)]
    pub fix: bool,
    /// Apply fixes that change what the guide says as well
    #[arg(long)]
    pub unsafe_fixes: bool,
    /// Show what the fixes would change, and write nothing
    #[arg(long)]
    pub diff: bool,

    /// Do not show the findings this file lists
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Write what is found now to this file, to be lived with; entries for other guides stay
    #[arg(long, value_name = "FILE", conflicts_with_all = ["baseline", "fix", "unsafe_fixes", "diff", "diff_base"])]
    pub write_baseline: Option<PathBuf>,
    /// Show only findings on lines changed since this git revision, or since the branch left it
    #[arg(long, value_name = "REV", conflicts_with_all = ["fix", "unsafe_fixes", "diff"])]
    pub diff_base: Option<String>,

    /// Write a comment beside each finding of this rule that allows it; needs --reason
    #[arg(long, value_name = "RULE", requires = "reason", conflicts_with_all = ["fix", "unsafe_fixes", "write_baseline", "diff_base"])]
    pub add_allow: Option<String>,
    /// Why the findings are allowed
    #[arg(long, value_name = "TEXT", requires = "add_allow")]
    pub reason: Option<String>,
    /// Say why a file, or a finding in it, is not shown
    #[arg(long, value_name = "PATH")]
    pub explain_ignored: Option<PathBuf>,
    /// Stay, and check again whenever a guide changes
    #[arg(long, conflicts_with_all = ["fix", "unsafe_fixes", "diff", "write_baseline", "add_allow"])]
    pub watch: bool,

    /// Do not read files that match; may be given several times
    #[arg(long, value_name = "GLOB")]
    pub exclude: Vec<String>,
    /// Heed exclusions and ignore files for files named here as well
    #[arg(long)]
    pub force_exclude: bool,
    /// Finding no guide at all is no failure
    #[arg(long)]
    pub allow_no_files: bool,

    /// Refuse guides larger than this [default: 128MiB]
    #[arg(long, value_name = "SIZE", value_parser = FileSize::parse)]
    pub max_file_size: Option<FileSize>,

    /// Threads [default: as many as the machine has]
    #[arg(long, value_name = "N")]
    pub jobs: Option<usize>,
    /// Colours
    #[arg(long, value_enum, default_value_t = Colour::Auto)]
    pub color: Colour,
    /// The language of messages [default: from the environment]
    #[arg(long, value_enum, value_name = "LL")]
    pub message_lang: Option<MessageLang>,
    /// Findings only, no closing lines
    #[arg(short, long)]
    pub quiet: bool,
    /// End with tables of findings by rule, guide and country, and what took how long
    #[arg(long)]
    pub statistics: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Colour {
    Auto,
    Always,
    Never,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum MessageLang {
    En,
    Zh,
}

/// A severity, or never.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FailOn(pub Option<Severity>);

fn format(text: &str) -> Result<Format, String> {
    let known = || Format::ALL.iter().map(|it| it.name());
    Format::parse(text).ok_or_else(|| {
        let near = guidelint::knowledge::did_you_mean(text, known());
        let hint = near.map(|it| format!("did you mean `{it}`? ")).unwrap_or_default();
        format!("{hint}known formats: {}", known().collect::<Vec<_>>().join(", "))
    })
}

fn report(text: &str) -> Result<(Format, PathBuf), String> {
    let (name, path) = text.split_once('=').ok_or("write it as FMT=FILE, such as json=report.json")?;
    if path.is_empty() {
        return Err("no file is named after `=`".to_owned());
    }
    Ok((format(name)?, PathBuf::from(path)))
}

fn fail_on(text: &str) -> Result<FailOn, String> {
    match text {
        "never" => Ok(FailOn(None)),
        _ => Severity::parse(text).map(|it| FailOn(Some(it))).ok_or_else(|| "error, warning, info or never".to_owned()),
    }
}

fn confidence(text: &str) -> Result<Confidence, String> {
    Confidence::parse(text).ok_or_else(|| "low, medium or high".to_owned())
}

fn day(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| "a day that exists, written 2026-11-22".to_owned())
}

fn country(text: &str) -> Result<String, String> {
    let code = text.to_ascii_uppercase();
    match code.len() == 2 && code.bytes().all(|it| it.is_ascii_uppercase()) {
        true => Ok(code),
        false => Err("two letters (ISO 3166-1), such as AL".to_owned()),
    }
}

fn language(text: &str) -> Result<String, String> {
    match guidelint::check::is_language(text) {
        true => Ok(text.to_owned()),
        false => Err("a language as BCP 47 writes it, such as en or zh-Hant".to_owned()),
    }
}
