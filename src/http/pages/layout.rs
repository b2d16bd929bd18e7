//! What is around every page: its head, what stands above it and what stands below.

use actix_web::HttpRequest;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde_json::Value as Json;

use crate::http::pages::i18n::Translations;
use crate::http::routes::assets::{APP_CHUNKS, APP_SCRIPT, APP_STYLE};
use crate::http::server::options::Features;

/// The name of every page, behind what it is about.
const SITE: &str = "Open LLM Catalog";

/// How a page is to look and speak.
pub struct Preferences {
    /// Its texts.
    pub words: &'static Translations,
    /// Light or dark, where it was chosen; else as the browser wishes.
    theme: Option<&'static str>,
    /// What else the server has that pages may lead to.
    offers: Features,
}

impl Preferences {
    /// Those of a request.
    pub fn of(request: &HttpRequest, offers: Features) -> Self {
        let cookie = |name| request.cookie(name).map(|cookie| cookie.value().to_owned());
        let theme = cookie("theme");
        let theme = ["light", "dark"].into_iter().find(|known| theme.as_deref() == Some(*known));
        Self { words: Translations::negotiate(request, cookie("lang").as_deref()), theme, offers }
    }
}

/// What differs from page to page.
#[derive(Default)]
pub struct Page {
    /// What it is about; empty for the catalog itself.
    pub title: String,
    /// The same in a sentence or two, for who looks for pages; empty for that of the catalog.
    pub description: String,
    /// Its own address, where others lead to the same.
    pub canonical: Option<String>,
    /// The scripts of its view, beside those that all views need.
    pub chunks: &'static [&'static str],
    /// What `main` holds.
    pub content: Markup,
    /// What the content was made of, for the script to go on with.
    pub sent: Option<Json>,
}

impl Page {
    /// The document.
    pub fn write(&self, choices: &Preferences) -> Markup {
        let words = choices.words;
        let title = if self.title.is_empty() { SITE.to_owned() } else { format!("{} – {SITE}", self.title) };
        let description =
            if self.description.is_empty() { words.text("catalog.lead") } else { self.description.as_str() };
        let Features { playground, schema } = choices.offers;
        html! {
            (DOCTYPE)
            html lang=(words.language) data-theme=[choices.theme] {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    meta name="description" content=(description);
                    title { (title) }
                    @if let Some(canonical) = &self.canonical { link rel="canonical" href=(canonical); }
                    link rel="icon" href=(ICON);
                    link rel="stylesheet" href=(APP_STYLE);
                    @for chunk in APP_CHUNKS.iter().chain(self.chunks) { link rel="modulepreload" href=(chunk); }
                    link rel="alternate" type="application/atom+xml" href="/feed.atom" title=(SITE);
                    script type="module" src=(APP_SCRIPT) {}
                }
                body data-playground[playground] data-schema[schema] {
                    div #app {
                        a.skip href="#main" { (words.text("nav.skip")) }
                        (header(words, choices.offers))
                        main id="main" { (self.content) }
                        (footer(words, choices.offers))
                    }
                    @if let Some(sent) = &self.sent {
                        // No text of the catalog may end the element.
                        script type="application/json" id="sent" {
                            (PreEscaped(sent.to_string().replace('<', "\\u003c")))
                        }
                    }
                }
            }
        }
    }
}

const ICON: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 20 20' fill='%233b4cca'%3E\
    %3Crect x='1' y='11' width='4.5' height='8' rx='1'/%3E%3Crect x='7.75' y='6' width='4.5' height='13' rx='1'/%3E\
    %3Crect x='14.5' y='1' width='4.5' height='18' rx='1'/%3E%3C/svg%3E";

fn header(words: &Translations, offers: Features) -> Markup {
    html! {
        header.site {
            a.brand href="/" {
                svg.mark viewBox="0 0 20 20" width="22" height="22" aria-hidden="true" {
                    rect x="1" y="11" width="4.5" height="8" rx="1" {}
                    rect x="7.75" y="6" width="4.5" height="13" rx="1" {}
                    rect x="14.5" y="1" width="4.5" height="18" rx="1" {}
                }
                span { (SITE) }
            }
            nav aria-label=(words.text("nav.main")) {
                a href="/" { (words.text("nav.models")) }
                a href="/plots" { (words.text("plots.title")) }
                a href="/compare" { (words.text("compare.title")) }
                a href="/changes" { (words.text("changes.title")) }
                @if offers.playground { a href="/playground" { "API" } }
            }
        }
    }
}

fn footer(words: &Translations, offers: Features) -> Markup {
    html! {
        footer.site {
            p { (words.text("footer.text")) }
            ul {
                li { a href="/licenses" { (words.text("nav.licenses")) } }
                li { a href="/organizations" { (words.text("nav.organizations")) } }
                li { a href="/datasets" { (words.text("nav.datasets")) } }
                li { a href="/architectures" { (words.text("nav.architectures")) } }
                li { a href="/export/catalog.json" download { (words.text("footer.export")) } }
                li { a href="/feed.atom" { "Atom" } }
                @if offers.playground { li { a href="/playground" { "GraphQL" } } }
                @if offers.schema { li { a href="/schema.graphql" { "schema.graphql" } } }
            }
        }
    }
}

/// Where the models can be searched.
pub fn search(words: &Translations, value: &str) -> Markup {
    html! {
        form.search role="search" action="/" {
            input type="search" name="q" value=(value) maxlength="200" placeholder=(words.text("catalog.searchFor"))
                aria-label=(words.text("catalog.search")) autocomplete="off";
            noscript { button { (words.text("catalog.submit")) } }
        }
    }
}

/// A page that says that nothing is there, and where to look.
pub fn not_found(words: &Translations) -> Page {
    let title = words.text("notFound.title");
    let content = html! {
        div.page {
            h1 { (title) }
            p { (words.text("notFound.text")) }
            (search(words, ""))
            p { a href="/" { (words.text("notFound.back")) } }
        }
    };
    Page { title: title.to_owned(), content, ..Page::default() }
}

/// A page that says what is in the way.
pub fn problem(message: &str) -> Page {
    Page { content: html! { div.page { div.problem role="alert" { p { (message) } } } }, ..Page::default() }
}
