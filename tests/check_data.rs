//! The check of the data sets by `.ci/check-data`, which contributors run before they send a change of the data.

use std::{fs, path::Path, process::Command};

use libtest_mimic::Trial;
use tempfile::TempDir;

use crate::{cli::folder, trials};

pub fn trials() -> Vec<Trial> {
    trials![plain: the_data_sets_pass, what_is_wrong_is_shown]
}

/// Checks a folder like `seed/data`, or that itself. Returns whether it passes, and the output.
fn check(data: Option<&Path>) -> (bool, String) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join(".ci/check-data");
    let mut command = Command::new(script);
    command.args(data).env("PROGRAM", env!("CARGO_BIN_EXE_open-llm-catalog")).env("CATALOG_SEED", "none");
    let output = command.output().expect("the script runs");
    let text = String::from_utf8(output.stdout).expect("UTF-8") + &String::from_utf8_lossy(&output.stderr);
    (output.status.success(), text)
}

fn the_data_sets_pass() {
    let (passes, output) = check(None);
    assert!(passes, "{output}");
}

const OWL: &str = "#:schema ../../../model.schema.json
slug = \"owl\"
name = \"Owl\"
contextLength = 8192

[[evidence]]
values = { contextLength = 8192 }
source = \"card\"
locator = \"README.md#L1\"
confidence = \"REPORTED\"
";

/// Data sets with one model.
fn data(model: &str) -> TempDir {
    let folder = folder();
    let source = "#:schema ../../../source.schema.json\nslug = \"card\"\ntitle = \"Card\"\nkind = \"MODEL_CARD\"\n";
    let maker = "#:schema ../../../organization.schema.json\nslug = \"lab\"\nname = \"Lab\"\n";
    for (file, text) in
        [("common/sources/card.toml", source), ("list/organizations/lab.toml", maker), ("world/models/owl.toml", model)]
    {
        let path = folder.path().join(file);
        fs::create_dir_all(path.parent().expect("a folder")).expect("it can be made");
        fs::write(path, text).expect("it can be written");
    }
    folder
}

fn what_is_wrong_is_shown() {
    let (passes, output) = check(Some(data(OWL).path()));
    assert!(passes, "{output}");
    let unsourced = OWL.split("\n[[evidence]]").next().expect("a text");
    let cases = [
        (OWL.replace("slug", "planet = \"Mars\"\nslug"), "unknown field `planet`"),
        (OWL.replace("= 8192\n", "= \"many\"\n"), "\"many\""),
        (OWL.replace("[[evidence]]", "license = \"none\"\n\n[[evidence]]"), "[dead-reference]"),
        (unsourced.to_owned(), "contextLength"),
        (unsourced.to_owned(), "[unsourced]"),
        (
            OWL.replace("contextLength = 8192\n\n", "contextLength = 8_192\n\n"),
            "-contextLength = 8_192\n+contextLength = 8192\n",
        ),
        (OWL.replace("name", "# A remark\nname"), "-# A remark\n"),
    ];
    for (model, expected) in cases {
        let (passes, output) = check(Some(data(&model).path()));
        assert!(!passes && output.contains(expected), "{model}\n\n{output}");
    }
}
