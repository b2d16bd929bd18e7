//! The table of the catalog and its filters.

use std::time::Duration;

use entity::vocabulary::Role;
use libtest_mimic::Trial;
use open_llm_catalog::http::limits::timeouts::Timeouts;

use crate::{
    http::{header, read, refusal},
    page::is_strict,
    support::{App, TIMEOUTS},
    trials,
};

pub fn trials() -> Vec<Trial> {
    trials![on both:
        the_catalog_page_contains_its_first_models,
        the_catalog_page_applies_the_filters_of_its_url,
        exports_hold_exactly_the_rows_of_the_page,
        the_table_marks_the_sizes_that_match,
        the_table_says_what_a_search_is_read_as,
        addresses_have_one_normal_form,
        a_further_filter_never_adds_models,
        rows_do_not_wait_for_counts,
    ]
}

async fn the_catalog_page_contains_its_first_models(app: App) {
    let get = |path: &str, language: &str| app.request("GET", path).header("accept-language", language.to_owned());
    let (status, headers, english) = read(get("/", "en-GB,en;q=0.9,zh;q=0.5")).await;
    assert_eq!((status, header(&headers, "content-type")), (200, "text/html; charset=utf-8"));
    is_strict(header(&headers, "content-security-policy"));
    assert!(english.contains("<html lang=\"en\">") && english.contains("<h1>Open large language models</h1>"));
    assert_eq!(english.matches("class=\"row\"").count(), 31);
    assert!(english.contains("<a class=\"whole\" href=\"/models/llama-2\">LLaMA-2</a>"));
    let (.., chinese) = read(get("/", "zh-CN,zh;q=0.9,en;q=0.8")).await;
    assert!(
        chinese.contains("<html lang=\"zh-Hans\">")
            && chinese.contains("开放大语言模型")
            && chinese.contains("不可商用")
    );
    let (.., chosen) = read(get("/", "en").header("cookie", "lang=zh; theme=dark")).await;
    assert!(chosen.contains("<html lang=\"zh-Hans\" data-theme=\"dark\">"));
    let (.., wrong) = read(get("/", "fr").header("cookie", "lang=%22%3E; theme=%22%3E%3Cscript%3E")).await;
    assert!(wrong.contains("<html lang=\"en\">"), "what is no choice counts for nothing");

    // It is sent again only after the catalog has changed.
    let tag = header(&headers, "etag").to_owned();
    let again = || get("/", "en-GB,en;q=0.9,zh;q=0.5").header("if-none-match", tag.clone());
    let (status, headers, _) = read(again()).await;
    assert_eq!(status, 304);
    is_strict(header(&headers, "content-security-policy"));
    let editor = app.with_token(&app.token(Role::Editor).await);
    let mutation = "mutation { updateModel(input: { slug: \"llama-2\", name: \"</script><script>alert(1)</script>\" }) { revision } }";
    editor.data(mutation).await;
    let (status, _, page) = read(again()).await;
    assert_eq!(status, 200);
    assert!(!page.contains("<script>alert"), "what is stored is text, in the table and in what the script reads");
    assert!(page.contains("&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;</a>"));
}

async fn the_catalog_page_applies_the_filters_of_its_url(app: App) {
    let cases = [
        ("/?q=%E5%A4%A9%E5%B7%A5", vec!["skywork"]),
        ("/?use=PROHIBITED&use=ALLOWED&sort=name", vec!["bloom", "llama", "llama-2"]),
        ("/?license=llama-license", vec!["llama"]),
        ("/?maker=nasa", vec!["prithvi"]),
        ("/?kind=DERIVED&q=wizard&sort=-name", vec!["wizardmath", "wizardlm", "wizardcoder"]),
        ("/?minSize=100B", vec!["falcon", "bloom", "galactica", "opt"]),
        ("/?minTokens=3T&memory=8&precision=INT4", vec!["falcon", "qwen", "skywork"]),
        ("/?year=2023", vec![]),
        ("/?q=wizardlm&use=NONSENSE&minSize=wide&memory=0&precision=X&sort=x&year=now&unknown=1", vec!["wizardlm"]),
    ];
    for (address, expected) in cases {
        let (status, _, page) = read(app.request("GET", address)).await;
        assert_eq!((status, rows(&page)), (200, expected), "{address}");
    }
    let (status, _, page) = read(app.request("GET", "/?after=damaged")).await;
    assert_eq!((status, page.matches("class=\"row\"").count()), (200, 31), "it begins again");
}

/// The slugs of the models in the table of a page.
fn rows(page: &str) -> Vec<&str> {
    let rows = page.split("<tr class=\"row\" data-key=\"").skip(1);
    rows.filter_map(|rest| rest.split('"').next()).collect()
}

/// Filters of the catalog, each of which leaves some models and not all.
const FILTERS: [&str; 12] = [
    "use=PROHIBITED",
    "use=ALLOWED&maxSize=10B",
    "users=1B&hosting=yes",
    "users=1M&territory=DE&use=UNKNOWN&use=CONDITIONAL",
    "gpu=rtx-3060&quantization=Q8_0",
    "memory=16&fit=NO",
    "memory=16&fit=TIGHT&use=ALLOWED",
    "minSize=1B&maxSize=7B&kind=FOUNDATION",
    "minTokens=1T&maxSize=40B",
    "license=llama-license&license=internlm-license",
    "maker=nasa",
    "q=llama&kind=derived",
];

async fn exports_hold_exactly_the_rows_of_the_page(app: App) {
    for query in FILTERS {
        let (.., page) = read(app.request("GET", &format!("/?{query}"))).await;
        let mut shown = rows(&page);
        shown.sort_unstable();
        let (status, _, table) = read(app.request("GET", &format!("/export/models.csv?{query}"))).await;
        assert_eq!(status, 200, "{query}: {table}");
        let mut exported = table.lines().skip(1).filter_map(|line| line.split(',').next()).collect::<Vec<_>>();
        exported.sort_unstable();
        exported.dedup();
        assert_eq!(exported, shown, "{query}");
        assert!(shown.len() < 31, "{query} leaves models out");
        // The link has the count.
        let (.., counts) = read(app.request("GET", &format!("/catalog/filters?{query}"))).await;
        assert!(counts.contains(&format!("CSV ({})", shown.len())), "{query}");
        // Every row has a size that is marked, unless no filter is about sizes or a model has none.
        let marked =
            page.split("<tr class=\"row\"").skip(1).filter(|row| row.contains("chip dim") && !row.contains("chip lit"));
        assert_eq!(marked.count(), 0, "{query}");
    }
    for (query, name) in [
        ("sort=name", "sort"),
        ("colour=red", "colour"),
        ("gpu=abacus", "gpu"),
        ("use=perhaps", "use"),
        ("maxSize=", "maxSize"),
    ] {
        let (status, _, body) = read(app.request("GET", &format!("/export/models.csv?{query}"))).await;
        assert_eq!((status, refusal(&body).as_str()), (400, "BAD_REQUEST"), "{query}");
        assert!(body.contains(name), "{body}");
    }
}

async fn the_table_marks_the_sizes_that_match(app: App) {
    let marked = async |query: &str, slug: &str| {
        let (.., page) = read(app.request("GET", &format!("/?{query}"))).await;
        let row = page.split(&format!("data-key=\"{slug}\"")).nth(1).and_then(|rest| rest.split("</tr>").next());
        let chips = row.unwrap_or_default().split("<span class=\"chip").skip(1);
        let chips = chips.filter_map(|chip| {
            let (class, rest) = chip.split_once("\">")?;
            Some((class.split(' ').nth(1).unwrap_or_default().to_owned(), rest.split('<').next()?.trim().to_owned()))
        });
        chips.map(|(class, label)| format!("{label} {class}").trim().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(marked("", "llama-2").await, ["7B", "13B", "34B", "70B"]);
    assert_eq!(marked("maxSize=13B", "llama-2").await, ["7B lit", "13B lit", "34B dim", "70B dim"]);
    assert_eq!(marked("minTokens=3T", "qwen").await, ["7B dim", "14B lit"]);
    assert_eq!(marked("memory=24&minSize=10B", "llama-2").await, ["7B dim", "13B lit", "34B lit", "70B dim"]);
    // So are those that a search asks for.
    assert_eq!(marked("q=llama+13b", "llama-2").await, ["7B dim", "13B lit", "34B dim", "70B dim"]);
    assert_eq!(marked("q=llama+%3C40b", "llama-2").await, ["7B lit", "13B lit", "34B lit", "70B dim"]);
}

async fn the_table_says_what_a_search_is_read_as(app: App) {
    let get = async |path: &str| read(app.request("GET", path).header("accept-language", "en")).await.2;
    let page = get("/?q=llama+7B&kind=FOUNDATION").await;
    assert!(page.contains("class=\"readings\"") && page.contains(">Parameters: 7B<"), "{page}");
    let link = "href=\"/?q=llama+%227b%22&amp;kind=FOUNDATION\"";
    assert!(page.contains(link), "the reading can be undone, and the filters stay");
    assert!(rows(&page).contains(&"llama"));
    let undone = get("/?q=llama+%227b%22&kind=FOUNDATION").await;
    assert!(!undone.contains("class=\"readings\"") && !rows(&undone).contains(&"llama"), "no name has it");
    let none = get("/?q=lamaa&use=PROHIBITED").await;
    assert!(none.contains("class=\"suggestion\"") && none.contains("href=\"/?q=LLaMA&amp;use=PROHIBITED\""), "{none}");
    let device = get("/?q=rtx+4090&use=ALLOWED").await;
    assert!(
        device.contains("href=\"/?use=ALLOWED&amp;gpu=rtx-4090\"") && device.contains("run on RTX 4090"),
        "{device}"
    );
    assert!(
        !get("/?q=llama&use=ALLOWED&maxSize=1B").await.contains("class=\"suggestion\""),
        "the search is no mistake"
    );
}

async fn addresses_have_one_normal_form(app: App) {
    let get = async |query: &str| read(app.request("GET", &format!("/?{query}"))).await.2;
    for (query, normal) in [
        (
            "kind=derived&q=a+b&maxSize=13&q=c&license=&color=red&organization=meta",
            "?q=a+b&amp;maxSize=13B&amp;maker=meta&amp;kind=DERIVED",
        ),
        ("minSize=9999T&maxSize=20000000000000000000", "?minSize=9007199254740991&amp;maxSize=9007199254740991"),
        ("minContext=32k&since=2024-02&year=24&memory=0&fit=maybe", "?minContext=32000&amp;since=2024-02"),
        ("precision=int4&gpu=RTX-4090&sort=name&columns=context", "?gpu=rtx-4090&amp;quantization=INT4"),
        ("minSize=-1&maxSize=1.2x&minTokens=1e9", ""),
        // Without a unit, numbers of parameters are in billions, and numbers of tokens in trillions or billions.
        ("minSize=0.5&maxSize=7000000000", "?minSize=0.5B&amp;maxSize=7000000000"),
        ("minTokens=1.5&maxTokens=800", "?minTokens=1.5T&amp;maxTokens=800B"),
    ] {
        let page = get(query).await;
        assert!(page.contains(&format!("href=\"/export/models.csv{normal}\"")), "{query}");
    }
    let page = get("").await;
    let devices = page.split("<select name=\"gpu\">").nth(1).and_then(|rest| rest.split("</select>").next());
    let mut devices = devices
        .unwrap_or_default()
        .split("<option value=\"")
        .skip(2)
        .filter_map(|rest| rest.split('"').next())
        .collect::<Vec<_>>();
    assert!(devices.len() > 150 && devices.contains(&"m4-max-128gb"), "{devices:?}");
    let all = devices.len();
    devices.sort_unstable();
    devices.dedup();
    assert_eq!(devices.len(), all, "every device has a slug of its own");
}

/// What the parameters of filters are about.
fn subjects(query: &str) -> impl Iterator<Item = &str> {
    query.split('&').filter_map(|part| part.split('=').next()).map(|name| match name {
        "gpu" | "memory" | "quantization" | "fit" => "hardware",
        "users" | "hosting" | "territory" => "use",
        name => name,
    })
}

async fn a_further_filter_never_adds_models(app: App) {
    let get = async |query: &str| {
        let (status, _, page) = read(app.request("GET", &format!("/?{query}"))).await;
        assert_eq!(status, 200, "{query}");
        rows(&page).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    for first in FILTERS {
        let wide = get(first).await;
        for second in FILTERS {
            // A second value of the same filter widens it, and what it means without one depends on the others.
            if subjects(first).any(|name| subjects(second).any(|other| other == name)) {
                continue;
            }
            let narrow = get(&format!("{first}&{second}")).await;
            assert!(narrow.iter().all(|slug| wide.contains(slug)), "{first} and {second}: {narrow:?} of {wide:?}");
        }
    }
}

/// Whether a page has the counts of the filters, and whether it has the age of the catalog.
fn counted(page: &str) -> (bool, bool) {
    (page.contains("<span class=\"count\">"), page.contains("<time datetime="))
}

async fn rows_do_not_wait_for_counts(app: App) {
    let impatient = app.with_timeouts(Timeouts { counts: Duration::ZERO, ..TIMEOUTS });
    let get = async |app: &App, path: &str| read(app.request("GET", path)).await.2;
    let page = get(&impatient, "/?use=PROHIBITED").await;
    assert_eq!(rows(&page), rows(&get(&app, "/?use=PROHIBITED").await));
    assert!(!rows(&page).is_empty() && page.contains("data-pending"), "{page}");
    assert!(!counted(&page).0);
    // What the script loads then does not depend on how long a page waits.
    for server in [&impatient, &app] {
        let parts = get(server, "/catalog/filters?use=PROHIBITED").await;
        assert_eq!(counted(&parts), (true, true), "{parts}");
        assert!(!parts.contains("data-pending"));
    }
    let patient = get(&app, "/?use=PROHIBITED").await;
    assert_eq!((counted(&patient), patient.contains("data-pending")), ((true, true), false));
}
