//! `guidelint schema`: the JSON Schemas that lie in `schemas/`; that of the configuration knows the project's own rules too.

use guidelint::{check, declarative};
use serde_json::Value;

use super::args::SchemaOf;
use super::{Outcome, output};

const CONFIG: &str = include_str!("../../schemas/guidelint.schema.json");
const PACK: &str = include_str!("../../schemas/pack.schema.json");
const REPORT: &str = include_str!("../../schemas/report.v1.json");

pub fn run(of: SchemaOf) -> Outcome {
    output::print(&match of {
        SchemaOf::Config => config(),
        SchemaOf::Pack => PACK.to_owned(),
        SchemaOf::Report => REPORT.to_owned(),
        SchemaOf::Rules => format!("{:#}\n", declarative::schema()),
    });
    Outcome::Clean
}

fn config() -> String {
    let Ok(mut schema) = serde_json::from_str::<Value>(CONFIG) else { return CONFIG.to_owned() };
    schema["definitions"]["rules"]["properties"] = check::rule_properties(&super::checker().rules()).into();
    format!("{schema:#}\n")
}
