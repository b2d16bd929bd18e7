//! The pages of datasets, licenses, organizations and architectures, and the lists of them. `web/src/app/nouns/` draws the same.

use maud::{Markup, html};
use serde_json::{Value as Json, json};
use url::form_urlencoded;

use crate::http::pages::components::{
    amount, bytes, commercial_use, day, fact, group_digits, history, links, list, names, outside, text,
};
use crate::http::pages::i18n::Translations;
use crate::http::pages::layout::Page;

/// A kind of subject that has pages of its own.
#[derive(Debug)]
pub struct SubjectPage {
    /// What the API calls one, such as `dataset`.
    pub one: &'static str,
    /// Where they are, such as `datasets`.
    pub many: &'static str,
    /// The text that names them.
    pub title: &'static str,
    /// What is asked for one, and whether in a language.
    pub query: (&'static str, bool),
    /// What is asked for a page of their list, and whether in a language.
    pub list: (&'static str, bool),
}

/// The page of a subject, but for what was asked for it.
pub fn page(words: &Translations, noun: &SubjectPage, subject: &Json) -> Page {
    let (name, slug) = (text(&subject["name"]), text(&subject["slug"]));
    let models = list(&subject["models"]["nodes"]);
    let count = subject["models"]["totalCount"].as_u64().unwrap_or_default();
    let filter = [("license", "license"), ("organization", "maker")].into_iter().find(|(one, _)| *one == noun.one);
    let conditions = subject["conditions"].as_str();
    let content = html! {
        article.page {
            header.subject {
                p.crumbs { a href={ "/" (noun.many) } { (words.text(noun.title)) } }
                h1 { (name) }
                @if !subject["commercialUse"].is_null() { p.badges { (commercial_use(words, &subject["commercialUse"])) } }
                @if let Some(conditions) = conditions { p.lead { (conditions) } }
            }
            (facts(words, noun, subject))
            section {
                h2 { (words.text("nav.models")) " " span.badge { (group_digits(count)) } }
                @if !models.is_empty() { (model_table(words, models)) }
                @if let Some((_, name)) = filter {
                    p { a href={ "/?" (name) "=" (slug) } { (words.text("subject.inCatalog")) } }
                }
            }
            (links(words, list(&subject["links"])))
            (history(words, subject))
        }
    };
    let count = words.with("subject.models", &[("count", &group_digits(count))]);
    let description = [Some(name), Some(&count), conditions].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    Page { title: name.to_owned(), description, content, ..Page::default() }
}

fn facts(words: &Translations, noun: &SubjectPage, subject: &Json) -> Markup {
    let plain = |text: Option<String>| text.map(|text| html! { (text) });
    let tokens = subject["tokens"].as_u64().map(|tokens| words.with("amount.tokens", &[("count", &amount(tokens))]));
    let license = Some(&subject["license"]).filter(|license| !license.is_null());
    let license = license.and_then(|license| names(words, std::slice::from_ref(license), "licenses"));
    let address = Some(&subject["url"]).filter(|url| !url.is_null()).map(|url| outside(url, None));
    match noun.one {
        "dataset" => html! {
            dl.facts {
                (fact(words, "fact.Dataset.tokens", plain(tokens)))
                (fact(words, "fact.Dataset.bytes", plain(subject["bytes"].as_u64().map(bytes))))
                (fact(words, "fact.Model.license", license))
            }
        },
        "license" => html! {
            dl.facts {
                (fact(words, "fact.License.spdxId", plain(subject["spdxId"].as_str().map(str::to_owned))))
                (fact(words, "fact.License.url", address))
            }
        },
        _ => Markup::default(),
    }
}

fn model_table(words: &Translations, models: &[Json]) -> Markup {
    let known = |value: Option<String>| value.unwrap_or_else(|| "–".to_owned());
    html! {
        div.scroll tabindex="0" role="region" aria-label=(words.text("nav.models")) {
            table.data {
                thead {
                    tr {
                        th scope="col" { (words.text("fact.Model.name")) }
                        th scope="col" { (words.text("fact.Model.sizes")) }
                        th.number scope="col" { (words.text("fact.ModelSize.trainingTokens")) }
                        th scope="col" { (words.text("filters.use")) }
                        th scope="col" { (words.text("fact.Model.releaseDate")) }
                    }
                }
                tbody {
                    @for model in models {
                        tr {
                            th scope="row" { a href={ "/models/" (text(&model["slug"])) } { (text(&model["name"])) } }
                            td.chips { @for size in list(&model["sizes"]) { span.chip { (text(&size["label"])) } } }
                            td.number { (known(model["maxTrainingTokens"].as_u64().map(amount))) }
                            td { (commercial_use(words, &model["commercialUse"])) }
                            td { (known(day(words, &model["releaseDate"]))) }
                        }
                    }
                }
            }
        }
    }
}

/// A page of the list of all subjects of a noun, as the address tells it.
pub struct ListParams {
    /// The words that are searched for.
    search: String,
    /// The page behind this cursor.
    after: Option<String>,
}

impl ListParams {
    /// Reads the query of an address.
    pub fn read(query: &str) -> Self {
        let given = |wanted: &str| {
            let mut given =
                form_urlencoded::parse(query.as_bytes()).filter(|(name, value)| name == wanted && !value.is_empty());
            given.next().map(|(_, value)| value.into_owned())
        };
        Self { search: given("q").unwrap_or_default().trim().chars().take(200).collect(), after: given("after") }
    }

    /// The variables of the query.
    pub fn variables(&self, words: &Translations, noun: &SubjectPage) -> Json {
        let mut variables = json!({ "search": self.search });
        if let Some(after) = &self.after {
            variables["after"] = after.as_str().into();
        }
        if noun.list.1 {
            variables["language"] = words.api.into();
        }
        variables
    }

    /// The page with what the API answered.
    pub fn page(&self, words: &Translations, noun: &SubjectPage, found: &Json) -> Page {
        let title = words.text(noun.title);
        let subjects = list(&found["nodes"]);
        let next = found["pageInfo"]["endCursor"].as_str().filter(|_| found["pageInfo"]["hasNextPage"] == true);
        let models = |subject: &Json| {
            let count = subject["models"]["totalCount"].as_u64().unwrap_or_default();
            words.with("subject.models", &[("count", &group_digits(count))])
        };
        let content = html! {
            div.page {
                h1 { (title) span.badge { (group_digits(found["totalCount"].as_u64().unwrap_or_default())) } }
                form.search role="search" {
                    input type="search" name="q" value=(self.search) maxlength="200" aria-label=(words.text("filters.find"))
                        placeholder=(words.text("filters.find"));
                    noscript { button { (words.text("catalog.submit")) } }
                }
                @if subjects.is_empty() { p.empty { (words.text("subject.none")) } }
                ul.subjects {
                    @for subject in subjects {
                        li {
                            a href={ "/" (noun.many) "/" (text(&subject["slug"])) } { (text(&subject["name"])) }
                            @if !subject["commercialUse"].is_null() { (commercial_use(words, &subject["commercialUse"])) }
                            span.unit { (models(subject)) }
                        }
                    }
                }
                p.buttons {
                    @if self.after.is_some() { a.button href=(self.address(noun, None)) { (words.text("subject.first")) } }
                    @if next.is_some() { a.button rel="next" href=(self.address(noun, next)) { (words.text("subject.next")) } }
                }
            }
        };
        Page { title: title.to_owned(), content, ..Page::default() }
    }

    fn address(&self, noun: &SubjectPage, after: Option<&str>) -> String {
        let search = Some(self.search.as_str()).filter(|search| !search.is_empty()).map(|search| ("q", search));
        let parameters = search.into_iter().chain(after.map(|after| ("after", after)));
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(parameters).finish();
        format!("/{}{}{query}", noun.many, if query.is_empty() { "" } else { "?" })
    }
}
