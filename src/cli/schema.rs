//! `guidelint schema`: the JSON Schemas that lie in `schemas/`.

use super::args::SchemaOf;
use super::{Outcome, output};

const CONFIG: &str = include_str!("../../schemas/guidelint.schema.json");
const REPORT: &str = include_str!("../../schemas/report.v1.json");

pub fn run(of: SchemaOf) -> Outcome {
    output::print(match of {
        SchemaOf::Config => CONFIG,
        SchemaOf::Report => REPORT,
    });
    Outcome::Clean
}
