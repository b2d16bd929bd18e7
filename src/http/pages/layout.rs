//! The layout of every page: the HTML head, the header and the footer.

use actix_web::{HttpRequest, web};
use entity::vocabulary::SubjectType;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde_json::Value as Json;
use url::{Url, form_urlencoded};

use crate::http::pages::i18n::Translations;
use crate::http::routes::assets::{APP_CHUNKS, APP_SCRIPT, APP_STYLE, SHARE_IMAGE};
use crate::http::server::options::Features;
use crate::http::server::state::State;

/// The name of the site, at the end of every title.
const SITE: &str = "Open LLM Catalog";

/// The language and theme of a visitor, and the optional routes that pages link to.
pub struct Preferences {
    /// The translations.
    pub texts: &'static Translations,
    /// The chosen theme, light or dark; `None` follows the browser.
    theme: Option<&'static str>,
    /// The optional routes.
    features: Features,
    /// The path of the page.
    path: String,
    /// The address of the site; none outside of a server.
    base: Option<Url>,
}

impl Preferences {
    /// Reads the preferences from the cookies and headers of a request.
    pub fn of(request: &HttpRequest, features: Features) -> Self {
        let cookie = |name| request.cookie(name).map(|cookie| cookie.value().to_owned());
        let theme = cookie("theme");
        let theme = ["light", "dark"].into_iter().find(|supported| theme.as_deref() == Some(*supported));
        Self {
            texts: Translations::negotiate(request, cookie("lang").as_deref()),
            theme,
            features,
            path: request.path().to_owned(),
            base: request.app_data::<web::Data<State>>().map(|state| state.public_url.of(request)),
        }
    }
}

impl Preferences {
    /// Returns the preferences for a frame of another site, whose address has them: browsers send no cookies there.
    pub fn for_frame(mut self, request: &HttpRequest) -> Self {
        for (name, value) in form_urlencoded::parse(request.query_string().as_bytes()) {
            match name.as_ref() {
                "language" => self.texts = Translations::negotiate(request, Some(&value)),
                "theme" => self.theme = ["light", "dark"].into_iter().find(|theme| *theme == value),
                _ => {}
            }
        }
        self
    }
}

/// The content of a page within the layout.
#[derive(Default)]
pub struct Page {
    /// The title; empty for the catalog itself.
    pub title: String,
    /// The meta description for search engines; empty for that of the catalog.
    pub description: String,
    /// The canonical path; `None` without one.
    pub canonical: Option<String>,
    /// The content of the element `main`.
    pub content: Markup,
    /// The name and the props of the view that replaces the content, on pages that scripts draw.
    pub view: Option<(&'static str, Json)>,
    /// The query and variables that the content was rendered from, and for a view their data.
    pub sent: Option<Json>,
}

impl Page {
    /// Renders the HTML document.
    pub fn write(&self, preferences: &Preferences) -> Markup {
        let texts = preferences.texts;
        let title = if self.title.is_empty() { SITE.to_owned() } else { format!("{} – {SITE}", self.title) };
        let description =
            if self.description.is_empty() { texts.text("catalog.lead") } else { self.description.as_str() };
        let Features { playground, schema, open_proposals } = preferences.features;
        html! {
            (DOCTYPE)
            html lang=(texts.language) data-theme=[preferences.theme] {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    meta name="description" content=(description);
                    title { (title) }
                    (self.shared(preferences, &title, description))
                    link rel="icon" href=(ICON);
                    link rel="stylesheet" href=(APP_STYLE);
                    @for chunk in APP_CHUNKS { link rel="modulepreload" href=(chunk); }
                    link rel="alternate" type="application/atom+xml" href="/feed.atom" title=(SITE);
                    link rel="alternate" type="application/feed+json" href="/feed.json" title=(SITE);
                    script type="module" src=(APP_SCRIPT) {}
                }
                body data-playground[playground] data-schema[schema] data-proposals[open_proposals] {
                    div #app {
                        a.skip href="#main" { (texts.text("nav.skip")) }
                        (header(preferences))
                        main id="main" tabindex="-1" {
                            @if let Some((name, props)) = &self.view { (island(name, props, &self.content)) } @else { (self.content) }
                        }
                        (island("selection", &Json::Null, &Markup::default()))
                        (island("queries", &Json::Null, &Markup::default()))
                        (footer(texts, preferences.features))
                        p #announcer .hidden role="status" {}
                    }
                    @if let Some(sent) = &self.sent {
                        // `<` is escaped, so that no text of the catalog can close the element.
                        script type="application/json" id="sent" {
                            (PreEscaped(sent.to_string().replace('<', "\\u003c")))
                        }
                    }
                }
            }
        }
    }

    /// Renders what search engines and other sites read: the canonical address, and the card of a shared link.
    fn shared(&self, preferences: &Preferences, title: &str, description: &str) -> Markup {
        let texts = preferences.texts;
        let absolute = |path: &str| absolute(preferences.base.as_ref(), path);
        let address = absolute(self.canonical.as_deref().unwrap_or(&preferences.path));
        let name = if self.title.is_empty() { texts.text("catalog.title") } else { self.title.as_str() };
        html! {
            @if self.canonical.is_some() { link rel="canonical" href=(address); }
            meta property="og:type" content="website";
            meta property="og:site_name" content=(SITE);
            meta property="og:title" content=(name);
            meta property="og:description" content=(description);
            meta property="og:url" content=(address);
            meta property="og:locale" content=(if texts.api == "ZH" { "zh_CN" } else { "en_US" });
            meta property="og:image" content=(absolute(SHARE_IMAGE));
            meta property="og:image:width" content="1200";
            meta property="og:image:height" content="630";
            meta property="og:image:alt" content=(SITE);
            meta name="twitter:card" content="summary_large_image";
            meta name="twitter:title" content=(title);
        }
    }

    /// Renders the HTML document of a page that other sites show in a frame: only its content.
    pub fn write_embedded(&self, preferences: &Preferences) -> Markup {
        let texts = preferences.texts;
        html! {
            (DOCTYPE)
            html lang=(texts.language) data-theme=[preferences.theme] {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    meta name="robots" content="noindex";
                    title { (self.title) " – " (SITE) }
                    link rel="icon" href=(ICON);
                    link rel="stylesheet" href=(APP_STYLE);
                    @for chunk in APP_CHUNKS { link rel="modulepreload" href=(chunk); }
                    script type="module" src=(APP_SCRIPT) {}
                }
                body data-embed { main id="main" { (self.content) } }
            }
        }
    }
}

/// Returns the absolute address of a path of this site.
fn absolute(base: Option<&Url>, path: &str) -> String {
    base.map_or_else(|| path.to_owned(), |base| format!("{}{path}", base.as_str().trim_end_matches('/')))
}

/// Marks content for the component with a name in `web/src/app/islands.ts`, which scripts mount on it.
pub fn island(name: &str, props: &Json, content: &Markup) -> Markup {
    let props = (!props.is_null()).then(|| props.to_string());
    html! { div data-island=(name) data-props=[props] { (content) } }
}

/// The same within a line of text, where a `div` would end the paragraph.
pub fn inline_island(name: &str, props: &Json) -> Markup {
    html! { span data-island=(name) data-props=(props.to_string()) {} }
}

const ICON: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 20 20' fill='%233b4cca'%3E\
    %3Crect x='1' y='11' width='4.5' height='8' rx='1'/%3E%3Crect x='7.75' y='6' width='4.5' height='13' rx='1'/%3E\
    %3Crect x='14.5' y='1' width='4.5' height='18' rx='1'/%3E%3C/svg%3E";

fn header(preferences: &Preferences) -> Markup {
    let Preferences { texts, path, .. } = preferences;
    let link = |class: Option<&str>, address: &str, name: &str| {
        html! { li class=[class] { a href=(address) aria-current=[(address == path).then_some("page")] { (name) } } }
    };
    let subject = |class, subject: &SubjectType| {
        link(class, &format!("/{}", subject.plural()), texts.text(&format!("nav.{}", subject.plural())))
    };
    let all = || {
        html! {
            (subject(Some("second"), &SubjectType::Organization))
            (subject(Some("second"), &SubjectType::License))
            (subject(Some("second"), &SubjectType::Dataset))
            (subject(Some("third"), &SubjectType::Source))
            (subject(Some("third"), &SubjectType::Architecture))
        }
    };
    let last = || {
        html! {
            (link(Some("third"), "/changes", texts.text("changes.title")))
            (link(Some("third"), "/api", "API"))
        }
    };
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
            nav aria-label=(texts.text("nav.main")) {
                ul.places {
                    (link(None, "/", texts.text("nav.models")))
                    (all())
                    (link(None, "/plots", texts.text("plots.title")))
                    (link(None, "/compare", texts.text("compare.title")))
                    (last())
                }
                details.menu.more {
                    summary { (texts.text("nav.more")) }
                    ul { (all()) (last()) }
                }
            }
            div.tools {
                a.tool.search-open href="/search" data-search title=(texts.text("search.open")) aria-label=(texts.text("search.open")) {
                    svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true" {
                        circle cx="8.5" cy="8.5" r="5.5" fill="none" stroke="currentColor" stroke-width="1.6" {}
                        path d="M12.5 12.5L17.5 17.5" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" {}
                    }
                }
                (island("tools", &Json::Null, &Markup::default()))
            }
        }
    }
}

fn footer(texts: &Translations, features: Features) -> Markup {
    html! {
        footer.site {
            p { (texts.text("footer.text")) }
            ul {
                @for subject in SubjectType::ALL.iter().filter(|subject| **subject != SubjectType::Model) {
                    li { a href={ "/" (subject.plural()) } { (texts.text(&format!("nav.{}", subject.plural()))) } }
                }
                li { a href="/export/catalog.json" download { (texts.text("footer.export")) } }
                li { a href="/feed.atom" { "Atom" } }
                li { a href="/api" { "API" } }
                @if features.playground { li { a href="/playground" { "GraphQL" } } }
                @if features.schema { li { a href="/schema.graphql" { "schema.graphql" } } }
            }
        }
    }
}

/// Renders the search form for models.
pub fn search(texts: &Translations, value: &str) -> Markup {
    html! {
        form.search role="search" action="/" {
            input type="search" name="q" value=(value) maxlength="200" placeholder=(texts.text("catalog.searchFor"))
                aria-label=(texts.text("catalog.search")) autocomplete="off";
            noscript { button { (texts.text("catalog.submit")) } }
        }
    }
}

/// Returns the 404 page, with a search form and a link to the catalog.
pub fn not_found(texts: &Translations) -> Page {
    let title = texts.text("notFound.title");
    let content = html! {
        div.page {
            h1 { (title) }
            p { (texts.text("notFound.text")) }
            (search(texts, ""))
            p { a href="/" { (texts.text("notFound.back")) } }
        }
    };
    Page { title: title.to_owned(), content, ..Page::default() }
}

/// Returns a page with an error message.
pub fn problem(message: &str) -> Page {
    Page { content: html! { div.page { div.problem role="alert" { p { (message) } } } }, ..Page::default() }
}
