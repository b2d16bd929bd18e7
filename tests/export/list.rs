//! The Markdown export, parsed as a Markdown reader parses it.

use futures_util::TryStreamExt;
use libtest_mimic::Trial;
use open_llm_catalog::domain::architecture::ArchitectureDocument;
use open_llm_catalog::domain::count::Count;
use open_llm_catalog::domain::model::ModelDocument;
use open_llm_catalog::store::change::Change;
use open_llm_catalog::store::scan::scan_all;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use sea_orm::ConnectionTrait;
use serde_json::json;

use super::{file, save};
use crate::{support::App, trials};

pub fn trials() -> Vec<Trial> {
    trials![on both:
        the_markdown_list_states_the_facts_of_the_catalog,
        headings_are_in_the_requested_language,
        derived_models_with_positions_are_in_the_table,
        markdown_characters_are_escaped,
        unsafe_urls_are_not_linked,
    ]
}

/// A parsed list: sections with tables and list items.
#[derive(Debug, Default)]
struct Read {
    headings: Vec<String>,
    /// Cells, with their section.
    rows: Vec<(usize, Vec<Words>)>,
    /// Points, with their section and depth.
    points: Vec<(usize, usize, Words)>,
    html: Vec<String>,
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Words {
    text: String,
    /// Text, address and title of each link.
    links: Vec<(String, String, String)>,
}

fn parse(text: &str) -> Read {
    let mut read = Read::default();
    let (mut words, mut depth, mut open) = (Words::default(), 0, Vec::new());
    let mut link = None;
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        let section = read.headings.len();
        match event {
            Event::Start(Tag::Heading { .. } | Tag::TableCell) => words = Words::default(),
            Event::End(TagEnd::Heading(_)) => read.headings.push(std::mem::take(&mut words).text),
            Event::Start(Tag::TableRow) => read.rows.push((section, Vec::new())),
            Event::End(TagEnd::TableCell) => {
                if let Some((at, cells)) = read.rows.last_mut().filter(|(at, _)| *at == section) {
                    assert_eq!(*at, section);
                    cells.push(std::mem::take(&mut words));
                }
            }
            Event::Start(Tag::Item) => {
                depth += 1;
                open.push(read.points.len());
                read.points.push((section, depth, Words::default()));
                words = Words::default();
            }
            Event::End(TagEnd::Item) | Event::Start(Tag::List(_)) => {
                if let Some(point) = open.last().filter(|_| words != Words::default()) {
                    read.points[*point].2 = std::mem::take(&mut words);
                }
                if matches!(event, Event::End(_)) {
                    depth -= 1;
                    open.pop();
                }
            }
            Event::Start(Tag::Link { dest_url, title, .. }) => {
                link = Some((words.text.len(), dest_url.to_string(), title.to_string()));
            }
            Event::End(TagEnd::Link) => {
                let (start, url, title) = link.take().expect("a link began");
                words.links.push((words.text[start..].to_owned(), url, title));
            }
            Event::Text(text) => words.text.push_str(&text),
            Event::Html(html) | Event::InlineHtml(html) => read.html.push(html.to_string()),
            Event::Code(code) => read.html.push(format!("code {code}")),
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::CodeBlock(_) | Tag::Image { .. } | Tag::BlockQuote(_)) => {
                read.html.push(format!("{event:?}"));
            }
            _ => {}
        }
    }
    read
}

/// A list with text, tables and links only.
pub fn is_harmless(text: &str) {
    let read = parse(text);
    assert_eq!(read.html, [""; 0]);
    let words = read.rows.iter().flat_map(|(_, cells)| cells).chain(read.points.iter().map(|(.., words)| words));
    for (_, url, _) in words.flat_map(|words| &words.links) {
        assert!(url.starts_with("https://") || url.starts_with("Open-LLMs/"), "{url}");
    }
}

async fn models(app: &App) -> Vec<ModelDocument> {
    let mut models =
        scan_all::<ModelDocument, _>(app.database.read()).try_collect::<Vec<_>>().await.expect("they can be read");
    models.sort_by_key(|model| model.position.unwrap_or(i32::MAX));
    models
}

async fn the_markdown_list_states_the_facts_of_the_catalog(app: App) {
    let read = parse(&file(&app, "/export/models.md").await);
    assert_eq!(read.headings, ["开源开放的大模型", "基础大模型", "非基础大模型", "模型架构"]);
    assert_eq!((read.rows.len(), &read.html[..]), (24, &[][..]));
    for (model, (section, cells)) in models(&app).await.iter().zip(&read.rows) {
        let text = |index: usize| cells[index].text.as_str();
        assert_eq!((*section, cells.len()), (2, 6), "{model:?}");
        assert_eq!((text(0), text(1)), (model.position.expect("a place").to_string().as_str(), model.name.as_str()));
        let labels = text(2).split(',').filter(|label| !label.is_empty()).collect::<Vec<_>>();
        let parameters = labels.iter().map(|label| label.parse().expect("a number")).collect::<Vec<Count>>();
        assert_eq!(labels, model.sizes.iter().map(|size| size.label.as_str()).collect::<Vec<_>>());
        assert_eq!(parameters, model.sizes.iter().map(|size| size.parameters).collect::<Vec<_>>());
        assert_eq!(text(3), model.data_scale.as_ref().map_or("", |scale| &scale.text));
        assert_eq!(text(4), "");
        let links = cells[1]
            .links
            .iter()
            .map(|(_, url, _)| url)
            .chain(cells[5].links.iter().filter(|(.., kind)| !kind.is_empty()).map(|(_, url, _)| url));
        assert_eq!(links.collect::<Vec<_>>(), model.links.iter().map(|link| &link.url).collect::<Vec<_>>());
        let notes = text(5);
        assert!(notes.ends_with(model.summary.zh.as_deref().unwrap_or_default()), "{notes}");
        assert!(model.aliases.iter().all(|alias| notes.contains(&format!("别名：{alias}"))), "{notes}");
        assert_eq!(model.datasets.len(), notes.matches("数据集").count() - usize::from(notes.contains("数据集，")));
    }
    let notes = |position: usize| read.rows[position - 1].1[5].text.as_str();
    assert_eq!(
        [1, 3, 7, 8, 9].map(notes),
        [
            "可商用；许可证：Llama 2 Community License",
            "商用需授权；许可证：Baichuan 2 Community License；baichuan-1",
            "不可商用；许可证：LLaMA License；机构：Meta；详细介绍",
            "6.67×10²² FLOPs",
            "",
        ]
    );
    assert_eq!(notes(22), "机构：昆仑万维；别名：天工");
    let falcon = &read.rows[1].1[5];
    let refined = "https://huggingface.co/datasets/tiiuae/falcon-refinedweb".to_owned();
    assert_eq!(
        (falcon.text.as_str(), &falcon.links[0]),
        ("数据集RefinedWeb", &("RefinedWeb".to_owned(), refined, String::new()))
    );
    let derived = read.points.iter().filter(|(section, ..)| *section == 3);
    let derived = derived.map(|(_, depth, words)| (*depth, words.text.as_str())).collect::<Vec<_>>();
    let names = [
        (1, "Alpaca"),
        (1, "CodeLLaMA"),
        (2, "7B,13B,34B"),
        (1, "Guanaco"),
        (1, "Vicuna"),
        (1, "WizardCoder"),
        (1, "WizardLM"),
        (1, "WizardMath"),
    ];
    assert_eq!(derived, names);
    let architectures = read.points.iter().filter(|(section, ..)| *section == 4);
    let architectures =
        architectures.map(|(.., words)| (words.text.as_str(), words.links[0].1.as_str())).collect::<Vec<_>>();
    assert_eq!(
        architectures,
        [("GPTQ", "https://github.com/IST-DASLab/gptq"), ("LLaMA", "https://github.com/facebookresearch/llama")]
    );
}

async fn headings_are_in_the_requested_language(app: App) {
    let text = file(&app, "/export/models.md?language=en").await;
    let read = parse(&text);
    assert_eq!(read.headings, ["Open large language models", "Foundation models", "Derived models", "Architectures"]);
    assert!(text.contains("\n| No. | Name | Parameters | Data | Released | Notes |\n"), "{text}");
    let notes = |position: usize| read.rows[position - 1].1[5].text.as_str();
    assert_eq!(notes(7), "no commercial use; license: LLaMA License; organization: Meta; 详细介绍");
    assert_eq!(
        (notes(21), notes(22)),
        ("organization: IBM; organization: NASA; geospatial", "organization: Kunlun Wanwei; alias: 天工")
    );
    // Empty sections have no heading.
    let read = parse(&file(&app, "/export/models.md?kind=derived&language=en").await);
    assert_eq!(read.headings, ["Open large language models", "Derived models"]);
}

async fn derived_models_with_positions_are_in_the_table(app: App) {
    let model = json!([{
        "slug": "tuned", "name": "Tuned", "kind": "DERIVED", "position": 3, "releaseDate": "2023-07-18", "organizations": ["meta"],
        "dataScale": { "text": "2T", "amount": "2T", "unit": "TOKENS" },
        "sizes": [{ "label": "7B", "parameters": "7B" }, { "label": "30B-A3B", "parameters": "30B", "activeParameters": "3B" },
                  { "label": "8x7B", "parameters": "46.7B" }, { "label": "100B", "parameters": "100B", "activeParameters": "12.9B" }],
    }, {
        "slug": "noted", "name": "Noted", "kind": "DERIVED", "summary": { "en": "1. first" }, "links": [{ "kind": "PAPER", "url": "https://example.org/a?b=1&copy;=2" }],
    }]);
    save::<ModelDocument>(&app, model).await;
    let text = file(&app, "/export/models.md?kind=derived").await;
    let read = parse(&text);
    assert_eq!(read.headings, ["开源开放的大模型", "非基础大模型"]);
    let [(2, cells)] = &read.rows[..] else { panic!("{text}") };
    let cells = cells.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>();
    assert_eq!(cells, ["3", "Tuned", "7B,30B-A3B,8x7B (46.7B),100B (激活 12.9B)", "2T", "2023-07-18", "机构：Meta"]);
    let noted = read.points.iter().position(|(.., words)| words.text == "Noted").expect("it is a point");
    let url = "https://example.org/a?b=1&copy;=2".to_owned();
    let words = Words { text: format!("{url}；1. first"), links: vec![(url.clone(), url, "PAPER".to_owned())] };
    assert_eq!((read.points[noted + 1].1, &read.points[noted + 1].2), (2, &words));
}

/// Text that is special in Markdown, HTML, CSV or terminals, or looks like other text.
const HOSTILE: [&str; 22] = [
    "a | b \\| c \\\\| d",
    "](https://evil.example) [x",
    "[a](b)",
    "![a](b)",
    "<script>alert(1)</script>",
    "<!-- gone",
    "]]>",
    "=cmd()|x",
    "*a* _b_ __c__ ~~d~~ `e` ``f",
    "snake_case_name",
    "&lt;b&gt; &amp; R&D &copy;",
    "# no heading",
    "1. no list",
    "- no list",
    "+ no list",
    "https://evil.example www.evil.example a@b.example",
    "\u{202e}olleh\u{202c}",
    "🦙🇨🇳👩‍💻",
    "---",
    "$x$ $$y$$",
    "back\\slash\\",
    "\u{200f}mark",
];

async fn markdown_characters_are_escaped(app: App) {
    let lines = "first\nsecond\r\nthird\u{1}\u{7f}\u{2028}| # 4";
    for kind in ["FOUNDATION", "DERIVED"] {
        let models = HOSTILE.iter().enumerate().map(|(number, name)| {
            let number = if kind == "DERIVED" { number + 100 } else { number };
            json!({ "slug": format!("hostile-{number}"), "name": name, "kind": kind, "summary": { "zh": format!("{name}{lines}") },
                "links": [{ "kind": "PAPER", "title": format!("{name}{lines}"), "url": "https://example.org/(a)/b|c<d>?e=[f]&g=h\\i" }],
                "sizes": [{ "label": name, "parameters": "7B" }] })
        });
        save::<ModelDocument>(&app, models.collect()).await;
    }
    let architectures = HOSTILE.iter().enumerate();
    let architectures =
        architectures.map(|(number, name)| json!({ "slug": format!("hostile-{number}"), "name": name })).collect();
    save::<ArchitectureDocument>(&app, architectures).await;
    let text = file(&app, "/export/models.md").await;
    let hidden = |c: char| (c.is_control() && c != '\n') || ('\u{202a}'..='\u{202e}').contains(&c) || c == '\u{2028}';
    assert!(!text.contains(hidden), "nothing turns or hides the text around it");
    let read = parse(&text);
    assert_eq!((read.headings.len(), &read.html[..]), (4, &[][..]));
    let check = |name: &str, cells: [&Words; 3]| {
        let [title, sizes, notes] = cells;
        assert_eq!(
            (title, sizes.text.as_str()),
            (&Words { text: name.to_owned(), links: Vec::new() }, format!("{name} (7B)").as_str())
        );
        let said = format!("{name}{lines}");
        // A summary that could be read as another note is labelled.
        assert_eq!(notes.text.replacen("；简介：", "；", 1), format!("{said}；{said}"), "{text}");
        let url = "https://example.org/(a)/b|c<d>?e=[f]&g=h\\i".to_owned();
        assert_eq!(notes.links, [(said, url, "PAPER".to_owned())]);
    };
    let rows = read.rows.iter().filter(|(section, _)| *section == 2).skip(24);
    for (name, (_, cells)) in HOSTILE.iter().zip(rows) {
        check(name, [&cells[1], &cells[2], &cells[5]]);
    }
    let points = read
        .points
        .iter()
        .filter(|(section, ..)| *section == 3)
        .map(|(_, depth, words)| (*depth, words))
        .collect::<Vec<_>>();
    let in_table = read.rows.iter().filter(|(section, _)| *section == 3).map(|(_, cells)| cells).collect::<Vec<_>>();
    for name in HOSTILE {
        match points.iter().position(|(depth, words)| *depth == 1 && words.text == name) {
            Some(place) => check(name, [points[place].1, points[place + 1].1, points[place + 2].1]),
            None => {
                let cells =
                    in_table.iter().find(|cells| cells[1].text == name).unwrap_or_else(|| panic!("{name} in {text}"));
                check(name, [&cells[1], &cells[2], &cells[5]]);
            }
        }
    }
    for name in HOSTILE {
        assert!(read.points.iter().any(|(section, _, words)| *section == 4 && words.text == name), "{name}");
    }
}

async fn unsafe_urls_are_not_linked(app: App) {
    let change = Change::begin(&app.database, "tester").await.expect("no other connection writes");
    let spoil = "UPDATE link SET url = 'javascript:alert(1)' WHERE dataset_id IS NULL";
    change.transaction().execute_unprepared(spoil).await.expect("it can be spoiled");
    change.commit().await.expect("it can be written");
    let text = file(&app, "/export/models.md").await;
    let read = parse(&text);
    let words = read.rows.iter().flat_map(|(_, cells)| cells).chain(read.points.iter().map(|(.., words)| words));
    let links = words.flat_map(|words| &words.links).map(|(_, url, _)| url.as_str()).collect::<Vec<_>>();
    assert_eq!(links, ["https://huggingface.co/datasets/tiiuae/falcon-refinedweb", "https://arxiv.org/abs/2101.00027"]);
    assert!(text.contains("| 1 | LLaMA-2 |") && text.contains("详细介绍"), "{text}");
}
