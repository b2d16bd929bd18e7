//! Generated tables yield only models that are in them.

use entity::vocabulary::SubjectType;
use libtest_mimic::Trial;
use open_llm_catalog::formats::readers::{csv, markdown};
use proptest::{collection::vec, sample::select};

use crate::{support::runner, trials};

pub fn trials() -> Vec<Trial> {
    trials![plain:
        generated_tables_yield_only_their_models,
        generated_tables_in_other_forms_yield_only_their_models,
    ]
}

/// Whatever a table has in its cells: each model of it is the name in one of its rows.
fn generated_tables_yield_only_their_models() {
    let headings = [
        "Model",
        "Name",
        "名称",
        "Parameters",
        "Params (B)",
        "Size",
        "Data",
        "License",
        "Released",
        "Notes",
        "Organization",
        "Base model",
        "x",
    ];
    let cells = vec![
        "",
        "-",
        "N/A",
        "Alpha",
        "[Beta](https://example.org/b)",
        "7B",
        "7, 13",
        "815MB",
        "8x7B",
        "2T",
        "2024-01-02",
        "MIT",
        "GPL-3.0+",
        "✅",
        "可商用",
        "需申请，可商用",
        "机构：Meta，智谱",
        "a,b",
        "1,000",
        "10 - 20",
        "x | y",
        "<b>Gamma</b>",
        "Delta[^1]",
        "基于 Epsilon",
        "7B (Mini)",
        "132B/36B",
        "Zeta et al. 2020",
    ];
    let topics = ["Models", "Tools", "基础大模型", "Datasets", "Model architectures", "Benchmarks"];
    let tables = (select(topics.to_vec()), vec(select(headings.to_vec()), 1..6), vec(vec(select(cells), 0..7), 0..6));
    runner()
        .run(&tables, |(topic, headings, rows)| {
            let line = |cells: &[&str]| format!("|{}|\n", cells.join("|"));
            let body = rows.iter().map(|row| line(row)).collect::<String>();
            let text = format!("## {topic}\n\n{}{}{body}", line(&headings), line(&vec!["---"; headings.len()]));
            // The text of the cells without their markup.
            let plain = body.replace("<b>", "").replace("</b>", "").replace("[^1]", "");
            for record in markdown::read(text.as_bytes()).iter().flatten() {
                if record.subject == SubjectType::Model {
                    let name = record.fields["name"].as_str().unwrap_or_default();
                    let row = plain.lines().nth(record.place.line.saturating_sub(5)).unwrap_or_default();
                    assert!(
                        row.contains(name) && !name.is_empty(),
                        "{name:?} of line {} in\n{text}",
                        record.place.line
                    );
                }
            }
            let comma = rows.iter().map(|row| {
                row.iter().map(|cell| format!("\"{}\"", cell.replace('"', ""))).collect::<Vec<_>>().join(",") + "\n"
            });
            let table = format!("{}\n{}", headings.join(","), comma.collect::<String>());
            for record in csv::read(table.as_bytes(), None).iter().flatten() {
                if record.subject == SubjectType::Model {
                    let name = record.fields["name"].as_str().unwrap_or_default();
                    assert!(table.contains(name) && !name.is_empty(), "{name:?} in\n{table}");
                }
            }
            Ok(())
        })
        .expect("only the models of the table");
}

/// Whatever a table in another form has in its cells: each model of it is a name in the table, or the title of the page.
fn generated_tables_in_other_forms_yield_only_their_models() {
    let headings =
        ["Model", "Parameters", "Size", "Layers", "License", "Released", "名称", "层数", "Value", "Feature", "x", ""];
    let cells = vec![
        "",
        "-",
        "Alpha",
        "7B",
        "13B",
        "32",
        "2024-01-02",
        "MIT",
        "Layers",
        "Parameters",
        "许可证",
        "Name",
        "Beta",
        "✅",
        "a|b",
        "**Gamma**",
        "~~Delta~~",
        "Total",
        "<b>Eps</b>",
    ];
    let titles = ["# Some-LM", "# Models", "# Results", "## Zeta", ""];
    let tables = (select(titles.to_vec()), vec(select(headings.to_vec()), 1..5), vec(vec(select(cells), 0..6), 0..6));
    runner()
        .run(&tables, |(title, headings, rows)| {
            let bars = |cells: &[&str]| format!("|{}|\n", cells.join("|"));
            let tags = |cells: &[&str]| {
                cells.iter().fold("<tr>".to_owned(), |row, cell| row + "<td>" + cell + "</td>") + "</tr>\n"
            };
            let lines = |line: &dyn Fn(&[&str]) -> String| rows.iter().map(|row| line(row)).collect::<String>();
            let dashes = bars(&vec!["---"; headings.len()]);
            for text in [
                format!("{}{dashes}{}", bars(&headings), lines(&bars)),
                format!("{}{}", bars(&headings), lines(&bars)),
                format!("<table>{}{}</table>\n", tags(&headings), lines(&tags)),
            ] {
                let page = format!("{title}\n\n{text}");
                let plain = page.replace("<b>", "").replace("</b>", "").replace("**", "");
                for record in markdown::read(page.as_bytes()).iter().flatten() {
                    let name = record.fields["name"].as_str().unwrap_or_default();
                    if record.subject == SubjectType::Model {
                        assert!(!name.is_empty() && plain.contains(name), "{name:?} in\n{page}");
                        let is_other = ["MIT", "32", "7B", "13B", "2024-01-02", "Total", "Delta", "-"].contains(&name);
                        let is_named =
                            headings.iter().any(|heading| matches!(*heading, "Model" | "名称" | "Feature" | ""));
                        assert!(!is_other || (is_named && name != "Delta" && name != "Total"), "{name:?} in\n{page}");
                    }
                }
            }
            Ok(())
        })
        .expect("only the models of the table");
}
