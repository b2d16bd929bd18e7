//! Tables with one size per row.

use std::io::Read;

use entity::vocabulary::SubjectType;
use libtest_mimic::Trial;
use open_llm_catalog::formats::readers::csv;
use serde_json::json;

use super::{messages, models, with_facts};
use crate::trials;

pub fn trials() -> Vec<Trial> {
    trials![plain:
        rows_of_a_model_are_one_record,
        contradicting_rows_are_both_named,
        separators_headings_and_byte_order_marks_are_recognized,
        a_slug_without_a_name_is_rejected,
        escaped_formulas_are_text,
        oversized_tables_are_rejected,
        invalid_tables_are_rejected,
        several_makers_have_countries,
        numbers_far_from_the_label_of_their_size_are_told,
        rows_that_do_not_fit_the_columns_are_left_out,
        columns_are_named_by_a_map,
    ]
}

const HEADER: &str = "slug,name,aliases,kind,position,organizations,license,commercial_use,release_date,size,parameters,\
    active_parameters,training_tokens,data_scale,datasets,architecture,base_model,summary_zh,summary_en,training_flops,links";

fn rows_of_a_model_are_one_record() {
    let text = format!(
        "\u{feff}{HEADER}\r\n\
         qwen,Qwen,通义千问; 千问,FOUNDATION,18,,,,,7B,7000000000,,2400000000000,\"2.4T,3.0T\",,,,,,,DETAILS <Open-LLMs/qwen.md>\r\n\
         prithvi,Prithvi,,FOUNDATION,21,ibm; nasa,,,,,,,,100M（图片）,,,,地理空间,geospatial,,\r\n\
         qwen,Qwen,通义千问; 千问,FOUNDATION,18,,,,,14B,14000000000,,3000000000000,\"2.4T,3.0T\",,,,,,,DETAILS <Open-LLMs/qwen.md>\r\n\
         mixtral,Mixtral,,DERIVED,,mistral-ai,apache-2-0,ALLOWED,2023-12-11,8x7B,46702792704,12900000000,,,the-pile,llama,mistral,,\"two\nlines, \"\"quoted\"\"\",6.67e22,\
         \"ARTICLE \"\"Mixtral; of experts\"\" <https://mistral.ai/news;x>; https://arxiv.org/abs/2401.04088\"\r\n"
    );
    let expected = json!([
        { "line": 2, "row": "Qwen", "subject": "MODEL", "fields": {
            "slug": "qwen", "name": "Qwen", "aliases": ["通义千问", "千问"], "kind": "FOUNDATION", "position": 18,
            "dataScale": { "text": "2.4T,3.0T", "amount": 3_000_000_000_000_i64, "unit": "TOKENS" },
            "links": [{ "kind": "DETAILS", "url": "Open-LLMs/qwen.md" }],
            "sizes": [
                { "label": "7B", "parameters": 7_000_000_000_i64, "trainingTokens": 2_400_000_000_000_i64 },
                { "label": "14B", "parameters": 14_000_000_000_i64, "trainingTokens": 3_000_000_000_000_i64 },
            ],
        } },
        { "line": 3, "row": "Prithvi", "subject": "MODEL", "fields": {
            "slug": "prithvi", "name": "Prithvi", "kind": "FOUNDATION", "position": 21, "organizations": ["ibm", "nasa"],
            "dataScale": { "text": "100M（图片）", "amount": 100_000_000, "unit": "IMAGES" },
            "summary": { "zh": "地理空间", "en": "geospatial" },
        } },
        { "line": 5, "row": "Mixtral", "subject": "MODEL", "fields": {
            "slug": "mixtral", "name": "Mixtral", "kind": "DERIVED", "organizations": ["mistral-ai"],
            "license": "apache-2-0", "commercialUse": "ALLOWED", "releaseDate": "2023-12-11", "datasets": ["the-pile"],
            "architecture": "llama", "baseModel": "mistral", "summary": { "en": "two\nlines, \"quoted\"" },
            "trainingFlops": 6.67e22,
            "links": [
                { "kind": "ARTICLE", "title": "Mixtral; of experts", "url": "https://mistral.ai/news;x" },
                { "kind": "PAPER", "url": "https://arxiv.org/abs/2401.04088" },
            ],
            "sizes": [{ "label": "8x7B", "parameters": 46_702_792_704_i64, "activeParameters": 12_900_000_000_i64 }],
        } },
    ]);
    let found = with_facts(&csv::read(text.as_bytes(), None));
    assert_eq!(found[0], expected[0]);
    assert_eq!(found[1], expected[1]);
    assert_eq!(found[2]["fields"]["sizes"], expected[2]["fields"]["sizes"]);
    assert_eq!(found, expected, "{found:#}");
}

fn contradicting_rows_are_both_named() {
    let text = "name,license,size,parameters,release_date\nA,MIT,7B,7B,2023-07-18\nB,MIT,1B,1B,\nA,,13B,13B,2023-07-19\n\
                A,GPL,7B,7.1B,\na,MIT,70B,70B,\n";
    let found = with_facts(&csv::read(text.as_bytes(), None));
    assert_eq!(found[0]["fields"]["license"], "MIT");
    assert_eq!(found[0]["fields"]["releaseDate"], "2023-07-18");
    assert_eq!(found[0]["fields"]["sizes"].as_array().map(Vec::len), Some(3));
    assert_eq!(found[0]["fields"]["sizes"][1]["releaseDate"], "2023-07-19");
    let expected = json!([
        "size | {\"label\":\"7B\",\"license\":\"GPL\",\"parameters\":7100000000} | line 2 has \
         {\"label\":\"7B\",\"parameters\":7000000000,\"releaseDate\":\"2023-07-18\"}, line 5 has \
         {\"label\":\"7B\",\"license\":\"GPL\",\"parameters\":7100000000}; the first value was stored",
        "name | \"a\" | line 2 has \"A\", line 6 has \"a\"; the first value was stored",
    ]);
    assert_eq!(found[0]["warnings"], expected);
    assert_eq!(found.as_array().map(Vec::len), Some(2));
}

fn separators_headings_and_byte_order_marks_are_recognized() {
    let sizes = json!([{ "label": "7B", "parameters": 7_000_000_000_i64 }, { "label": "13B", "parameters": 13_000_000_000_i64 }]);
    for text in [
        "参数规模;名称;数据规模\n7B,13B;A;1T\n",
        "参数规模\t名称\t数据规模\n7B,13B\tA\t1T\n",
        "数据规模,名称,参数规模\n1T,A,7B、13B\n",
    ] {
        let found = with_facts(&csv::read(text.as_bytes(), None));
        assert_eq!(found[0]["fields"]["sizes"], sizes, "{text}");
        assert_eq!(found[0]["fields"]["dataScale"]["text"], "1T", "{text}");
        assert_eq!(found[0].get("warnings"), None, "{text}");
    }
    // Blank lines count, and so do those inside cells.
    let found = with_facts(&csv::read("\n\nname,notes\r\n\r\nA,\"x\r\ny\"\n\nB,z".as_bytes(), None));
    assert_eq!((&found[0]["line"], &found[1]["line"]), (&json!(5), &json!(8)));
    let found = with_facts(&csv::read("name,stars\nA,5\nB\nC,1,more\n".as_bytes(), None));
    assert_eq!(found[0]["warnings"], json!(["stars | 5 | unknown column; ignored"]));
    assert_eq!(
        found[1]["warnings"],
        json!([" | B | the row has 1 cells for 2 columns; the missing cells were read as blank"])
    );
    assert_eq!(
        found[2]["warnings"][1],
        " | more | the row has more cells than the 2 columns; the extra cells were ignored"
    );
}

fn a_slug_without_a_name_is_rejected() {
    let found = with_facts(&csv::read("slug,license\nqwen,MIT\n".as_bytes(), None));
    assert_eq!(
        found,
        json!([{ "line": 2, "row": "qwen", "subject": "MODEL", "fields": { "slug": "qwen", "license": "MIT" } }])
    );
}

fn escaped_formulas_are_text() {
    let text = "name,aliases,summary_en\n'=A1,'+x,'@y\n=cmd|' /C calc'!A0,'quoted','\n";
    let found = with_facts(&csv::read(text.as_bytes(), None));
    assert_eq!(found[0]["fields"], json!({ "name": "=A1", "aliases": ["+x"], "summary": { "en": "@y" } }));
    assert_eq!(
        found[1]["fields"],
        json!({ "name": "=cmd|' /C calc'!A0", "aliases": ["'quoted'"], "summary": { "en": "'" } })
    );
}

fn oversized_tables_are_rejected() {
    let last = |entries: &[_]| {
        let shown = with_facts(entries);
        let last = shown.as_array().and_then(|list| list.last()).expect("an entry").clone();
        (
            last["line"].clone(),
            last["warnings"][0].as_str().unwrap_or_default().rsplit(" | ").next().unwrap_or_default().to_owned(),
        )
    };
    let cell = format!("name,notes\nA,{}\nB,x\n", "x".repeat(70_000));
    let found = csv::read(cell.as_bytes(), None);
    assert_eq!(last(&found[..1]), (json!(2), "a cell has 70000 bytes; the limit is 65536".to_owned()));
    assert_eq!(with_facts(&found)[1]["row"], "B");
    let columns = format!("name{}\n", ",x".repeat(9_999));
    assert_eq!(
        last(&csv::read(columns.as_bytes(), None)),
        (json!(1), "the row has 10000 columns; the limit is 1000".to_owned())
    );
    // Reading stops long before the end of an endless row.
    let endless = "name\nA\n\"".as_bytes().chain(std::io::repeat(b'x'));
    let found = csv::read(endless, None);
    assert_eq!(with_facts(&found)[0]["row"], "A");
    assert_eq!(last(&found).1, "reading stopped here: the row is larger than 1048576 bytes");
}

fn invalid_tables_are_rejected() {
    let of =
        |bytes: &[u8]| with_facts(&csv::read(bytes, None))[0]["warnings"][0].as_str().unwrap_or_default().to_owned();
    let headings = "no column is named name, slug or 名称; the first row must contain the column headings";
    assert_eq!(of(b"a,b\n1,2\n"), format!("a, b | {headings}").replacen("a, b", " | a, b", 1));
    assert_eq!(of(b"name\n\xff\n"), " | \u{fffd} | not valid UTF-8; save the file as UTF-8");
    assert_eq!(of(b"name\nA\0B\n"), " | A\0B | NUL character (U+0000); the source must be a text file");
    assert_eq!(csv::read(&b""[..], None), []);
}

fn several_makers_have_countries() {
    let entries = csv::read(include_bytes!("../data/reading/rows.csv").as_slice(), None);
    let countries = entries.iter().flatten().filter(|record| record.subject == SubjectType::Organization);
    let countries =
        countries.filter_map(|record| Some((record.place.row.clone(), record.fields.get("country")?.clone())));
    let expected = [("Example Labs", "FR"), ("Other Labs", "DE"), ("Example, Inc.", "US")]
        .map(|(name, code)| (name.to_owned(), json!(code)));
    assert_eq!(countries.collect::<Vec<_>>(), expected);
    let read = models(&entries);
    assert_eq!(read["Beta"]["organizations"], json!(["Example, Inc."]));
    assert_eq!(
        (&read["Beta"]["sizes"][0]["label"], &read["Alpha"]["releaseDate"]),
        (&json!("7B"), &json!("2024-01-02"))
    );
    assert_eq!(read.as_object().map(serde_json::Map::len), Some(2));
    let dataset = entries.iter().flatten().find(|record| record.subject == SubjectType::Dataset).expect("a dataset");
    assert_eq!(dataset.fields["bytes"], 825_000_000_000_i64);
}

fn numbers_far_from_the_label_of_their_size_are_told() {
    let entries = csv::read(&b"name,size,parameters\nA,7B,7\nB,7B,6738415616\n"[..], None);
    assert_eq!(models(&entries)["A"]["sizes"][0]["parameters"], 7_000_000_000_i64);
    assert_eq!(models(&entries)["B"]["sizes"][0]["parameters"], 6_738_415_616_i64);
    assert_eq!(messages(&entries), ["7B: 7 is far from the size 7B; stored as 7000000000"]);
}

fn rows_that_do_not_fit_the_columns_are_left_out() {
    let entries = csv::read(&b"name,parameters,license\nA, Inc,7B,MIT\nB,13B,MIT\n"[..], None);
    assert_eq!(models(&entries).as_object().map(serde_json::Map::len), Some(1));
    assert!(entries.iter().all(|entry| entry.as_ref().err().is_none_or(|rejected| rejected.ignorable)), "{entries:?}");
}

fn columns_are_named_by_a_map() {
    let map = "title=name,count=parameters".parse().expect("a map");
    let mapped = csv::read(&b"title,count\nA,7B\n"[..], Some(&map));
    assert_eq!(models(&mapped)["A"]["sizes"][0]["label"], "7B");
}
