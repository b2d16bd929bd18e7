//! Records in YAML: the forms of files, the types of scalars, and the messages of errors.

use entity::vocabulary::SubjectType;
use libtest_mimic::Trial;
use open_llm_catalog::formats::readers::records::map::FieldMap;
use open_llm_catalog::formats::readers::{huggingface, records};
use open_llm_catalog::formats::record::{ParsedEntry, Rejected};
use serde_json::json;

use super::{messages, models, with_facts};
use crate::trials;

pub fn trials() -> Vec<Trial> {
    trials![plain:
        a_system_is_read_as_in_json,
        a_catalog_is_read_as_its_records_in_json,
        documents_and_lists_are_records,
        scalars_are_texts_unless_json_writes_them_alike,
        aliases_and_merge_keys_repeat_values,
        faults_of_a_record_are_told_and_others_are_read,
        errors_of_syntax_say_what_is_right,
        records_without_a_name_say_where_a_list_is,
        duplicate_keys_in_json_are_told,
    ]
}

fn read(text: &str, map: &str) -> Vec<ParsedEntry> {
    records::read_yaml(text.as_bytes(), &map.parse::<FieldMap>().expect("a map"))
}

/// The names of the models with their lines.
fn names(entries: &[ParsedEntry]) -> Vec<(String, usize)> {
    let models = entries.iter().flatten().filter(|record| record.subject == SubjectType::Model);
    let named = models.map(|record| (record.fields["name"].as_str().unwrap_or_default().to_owned(), record.place.line));
    named.collect()
}

/// The places that are rejected with their messages.
fn rejections(entries: &[ParsedEntry]) -> Vec<(usize, String)> {
    let rejected = entries.iter().filter_map(|entry| entry.as_ref().err());
    let message = |rejected: &Rejected| rejected.problems.iter().map(|problem| problem.message.as_str()).collect();
    rejected.map(|rejected| (rejected.place.line, message(rejected))).collect()
}

fn a_system_is_read_as_in_json() {
    let text = "---\n# How to fill in this file.\n\nsystem:\n    name: Own-LM\n    link: https://example.org/own\n    type: text,code\n    \
        basemodelname: Own-Base-7B\n    endmodelname: Own-Chat 7B\n    endmodellicense: Apache-2.0\n    releasedate: 2024-01\n    \
        notes: No.\n\norg:\n    name: Own Labs\n\n# availability:\nweights_endmodel:\n    class: open\n    link: \
        [\"https://huggingface.co/own/chat-7b\"]\n    notes: >\n        Two\n        lines.\n\npaper:\n    class: closed\n    link:\n";
    let json = json!({
        "system": { "name": "Own-LM", "link": "https://example.org/own", "type": "text,code", "basemodelname": "Own-Base-7B",
                    "endmodelname": "Own-Chat 7B", "endmodellicense": "Apache-2.0", "releasedate": "2024-01", "notes": "No." },
        "org": { "name": "Own Labs" },
        "weights_endmodel": { "class": "open", "link": ["https://huggingface.co/own/chat-7b"], "notes": "Two lines.\n" },
        "paper": { "class": "closed", "link": null },
    });
    let from_json = records::read(format!("\n\n\n{json}").as_bytes(), &FieldMap::named("osai").expect("a map"));
    let from_yaml = read(text, "osai");
    assert_eq!(with_facts(&from_yaml), with_facts(&from_json));
    let model = models(&from_yaml)["Own-Chat 7B"].clone();
    assert_eq!(
        (&model["releaseDate"], &model["license"], &model["organizations"], &model["baseModel"]),
        (&json!("2024-01"), &json!("Apache-2.0"), &json!(["Own Labs"]), &json!("Own-Base-7B"))
    );
    assert_eq!(model["links"], json!([{ "kind": "WEIGHTS", "url": "https://huggingface.co/own/chat-7b" }]));
    assert_eq!(names(&from_yaml), [("Own-Chat 7B".to_owned(), 4)]);
    let image = read("system:\n  endmodelname: A\n  type: image\n", "osai");
    assert!(matches!(&image[..], [Err(rejected)] if rejected.ignorable), "{image:?}");
}

fn a_catalog_is_read_as_its_records_in_json() {
    let text = ".version: &version \"0.1.0\"\ndraft_models:\n- name: Draft\nmodel_sets:\n- name: Own-8B\n  size: 8\n  categories:\n  - llm\n  \
        licenses:\n  - apache-2.0\n  specs:\n  - huggingface_repo_id: own/Own-8B-FP8\n  - mode: standard\n    huggingface_repo_id: own/Own-8B\n    \
        version: *version\n- name: Own-Image\n  size: 1\n  categories: [image]\n";
    let from_json = records::read(
        br#"{"name":"Own-8B","size":8,"categories":["llm"],"licenses":["apache-2.0"],"hf":["own/Own-8B","own/Own-8B-FP8"]}"#,
        &FieldMap::named("gpustack").expect("a map"),
    );
    let from_yaml = read(text, "gpustack");
    assert_eq!(models(&from_yaml), models(&from_json));
    assert_eq!(names(&from_yaml), [("Own-8B".to_owned(), 5)]);
    assert_eq!(messages(&from_yaml), ["categories: image: not about a language model; left out"]);
}

fn documents_and_lists_are_records() {
    let name = |name: &str, line: usize| (name.to_owned(), line);
    let several = "%YAML 1.2\n---\ntitle: A\n---\n# nothing\n---\ntitle: B\n...\n---\n- title: C\n- title: D\n";
    assert_eq!(names(&read(several, "title=name")), [name("A", 3), name("B", 7), name("C", 10), name("D", 11)]);
    let listed = include_str!("../data/reading/records.yaml");
    assert_eq!(names(&read(listed, "models=list,title=name")), [name("Gamma", 3), name("Delta", 7)]);
    for text in [
        "\u{feff}title: A\r\ncount: 7B\r\n",
        "{title: A, count: 7B}",
        "{\"title\": \"A\", \"count\": \"7B\"}",
        "title: A\ncount: 7B # 7\n",
    ] {
        let entries = read(text, "title=name,count=parameters");
        assert_eq!(
            models(&entries),
            json!({ "A": { "sizes": [{ "label": "7B", "parameters": 7_000_000_000_i64 }] } }),
            "{text}"
        );
    }
    for text in ["", "\n", "---\n", "# nothing\n", "[]"] {
        assert_eq!(read(text, "title=name"), [], "{text}");
    }
}

fn scalars_are_texts_unless_json_writes_them_alike() {
    for text in [
        "no",
        "No",
        "yes",
        "off",
        "On",
        "y",
        "n",
        "1e3",
        "1.10",
        "1.0e+2",
        "0o17",
        "0x1F",
        "017",
        "+7",
        "1_000",
        "12:30",
        ".inf",
        ".5",
        "5.",
        "2024-01-02",
        "2024.10",
        "2024-01-02T03:04:05Z",
        "12345678901234567890123",
        "-A",
        "A#1",
        "A: B",
    ] {
        let quoted = text.contains(": ").then(|| format!("'{text}'"));
        let entries = read(&format!("- title: {}\n", quoted.as_deref().unwrap_or(text)), "title=name");
        assert_eq!(names(&entries), [(text.to_owned(), 1)], "{text}");
    }
    for (text, expected) in
        [("!!str 5", "5"), ("! 5", "5"), ("|\n    A\n", "A"), ("A\n    B", "A B"), ("'it''s'", "it's")]
    {
        assert_eq!(names(&read(&format!("- title: {text}\n"), "title=name")), [(expected.to_owned(), 1)], "{text}");
    }
    for text in ["", "~", "null", "Null", "''", "-"] {
        assert_eq!(names(&read(&format!("title: {text}\n"), "title=name")), [], "{text}");
    }
    let size = |count: &str| {
        let entries = read(&format!("title: A\ncount: {count}\n"), "title=name,count=parameters");
        models(&entries)["A"]["sizes"][0]["parameters"].clone()
    };
    for (count, parameters) in [
        ("7000000000", 7_000_000_000_i64),
        ("7e9", 7_000_000_000),
        ("1.30B", 1_300_000_000),
        ("!!int 7000000000", 7_000_000_000),
    ] {
        assert_eq!(size(count), parameters, "{count}");
    }
    let date = |date: &str| {
        models(&read(&format!("title: A\nd: {date}\n"), "title=name,d=releaseDate"))["A"]["releaseDate"].clone()
    };
    for (text, expected) in [
        ("2024-01-02", json!("2024-01-02")),
        ("2024-10", json!("2024-10")),
        ("2024", json!("2024")),
        ("2024.10", json!("2024-10")),
    ] {
        assert_eq!(date(text), expected, "{text}");
    }
    let context = read("title: A\nwindow: 4096\n", "title=name,window=contextLength");
    assert_eq!(models(&context)["A"]["contextLength"], 4096);
}

fn aliases_and_merge_keys_repeat_values() {
    let map = "title=name,count=parameters,window=contextLength,by=organizations";
    let text = "- &a {title: A, count: 7B, window: 4096}\n- <<: *a\n  title: B\n- <<: [{title: C}, *a]\n  by: &makers [X, Y]\n- title: D\n  by: *makers\n\
        - &e title: &name E\n  by: [*name]\n- \"<<\": *a\n  title: F\n";
    let size = json!([{ "label": "7B", "parameters": 7_000_000_000_i64 }]);
    let expected = json!({
        "A": { "sizes": size, "contextLength": 4096 },
        "B": { "sizes": size, "contextLength": 4096 },
        "C": { "sizes": size, "contextLength": 4096, "organizations": ["X", "Y"] },
        "D": { "organizations": ["X", "Y"] },
        "E": { "organizations": ["E"] },
        "F": {},
    });
    assert_eq!(models(&read(text, map)), expected);
}

fn faults_of_a_record_are_told_and_others_are_read() {
    for (record, line, message) in [
        ("title: X\n  count: 7B\n  title: Y", 3, "the key \"title\" is given twice; remove one of them"),
        ("title: X\n  more: {a: 1, a: 2}", 2, "the key \"a\" is given twice; remove one of them"),
        ("title: X\n  count: !size 7B", 2, "a value with a tag that is not known; remove the tag"),
        ("title: X\n  more: !!set {a, b}", 2, "a value with a tag that is not known; remove the tag"),
        (
            "title: X\n  count: {{ count }}",
            2,
            "a key that is no text; put a text with braces or brackets in quotation marks",
        ),
        ("title: X\n  <<: 7", 2, "<< takes the keys of mappings; expected an alias of one, such as *defaults"),
        ("X", 1, "not a record; expected lines such as `name: Qwen`"),
    ] {
        let entries = read(&format!("- {record}\n- title: Z\n"), "title=name");
        assert_eq!(rejections(&entries), [(line, message.to_owned())], "{record}");
        assert_eq!(names(&entries).len(), 1, "{record}");
    }
}

fn errors_of_syntax_say_what_is_right() {
    for (text, line, right) in [
        ("a:\n\tb: 1\n", 2, "indent with spaces"),
        ("a:\n- x\n\t- y\n", 2, "indent with spaces"),
        ("a: 1\nnotes: Foo: bar\n", 2, "put a text that contains a colon and a space in quotation marks"),
        ("a: 1\nb: @x\n", 2, "put a text that begins with this character in quotation marks"),
        ("a: *bold* text\n", 1, "put a text that begins with * in quotation marks, or define the anchor before it"),
        ("a:\n  b: 1\n c: 2\n", 3, "indent all keys of a mapping alike"),
        ("a: \"x\nb: 1\n", 1, "close the quotation mark"),
        ("a: \"x\" y\n", 1, "put the whole text in quotation marks"),
        ("a: \"\\d\"\n", 1, "write a backslash twice, or use single quotation marks"),
        ("a: [x\nb: 1\n", 2, "close the bracket, or put a text that contains a colon in quotation marks"),
        (
            "{\"a\": 1}\n{\"a\": 2}\n",
            2,
            "write --- between documents; JSON with a record per line needs the format records",
        ),
    ] {
        let found = rejections(&read(text, "title=name"));
        let [(at, message)] = &found[..] else { panic!("{text}: {found:?}") };
        assert_eq!(*at, line, "{text}: {message}");
        assert!(
            message.starts_with("not valid YAML: ") && message.ends_with(&format!("; {right}")),
            "{text}: {message}"
        );
    }
}

fn records_without_a_name_say_where_a_list_is() {
    let told = "the record has no name, but a list of records; name it in the map: models=list";
    let json = br#"{"models":[{"title":"A"}]}"#;
    let map = "title=name".parse::<FieldMap>().expect("a map");
    for entries in [read("models:\n- title: A\n", "title=name"), records::read(json, &map)] {
        assert_eq!(rejections(&entries), [(1, told.to_owned())]);
    }
    let map = "models=list,title=name".parse::<FieldMap>().expect("a map");
    assert_eq!(names(&records::read(json, &map)), [("A".to_owned(), 1)]);
}

fn duplicate_keys_in_json_are_told() {
    let map = "title=name,count=parameters".parse::<FieldMap>().expect("a map");
    let entries = records::read(b"[{\"title\":\"A\"},\n{\"title\":\"B\",\"count\":\"7B\",\"count\":\"13B\"}]", &map);
    assert_eq!(names(&entries), [("A".to_owned(), 1)]);
    let found = rejections(&entries);
    assert!(matches!(&found[..], [(2, message)] if message.contains("\"count\" is given twice")), "{found:?}");
    let page = "[{\"id\":\"a/b\",\"tags\":[],\"tags\":[\"license:mit\"]}]";
    let entries = huggingface::read(page.as_bytes());
    assert_eq!((models(&entries), entries.len()), (json!({}), 1));
}
