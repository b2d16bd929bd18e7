//! The pages for people: a frame that the scripts of `web/` fill. That of the catalog comes with its first models in it, so
//! that it is there at once and says something without scripts.

mod table;
mod view;
mod words;

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        StatusCode,
        header::{self, EntityTag},
    },
    web,
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

use super::{
    State,
    assets::{APP_CHUNKS, APP_SCRIPT, APP_STYLE},
    fresh,
    graphql::ask,
    look,
    media::Media,
    refusal::Refusal,
};
use view::View;
use words::Words;

/// What a page may load: its own files, and nothing from anywhere else.
pub const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
    base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// The query of a page of the table, as the script asks it.
const MODELS: &str = include_str!("../../../web/dist/models.graphql");

/// Pages that are made by scripts alone.
const FRAMES: [&str; 14] = [
    "/models/{slug}",
    "/datasets",
    "/datasets/{slug}",
    "/licenses",
    "/licenses/{slug}",
    "/organizations",
    "/organizations/{slug}",
    "/architectures",
    "/architectures/{slug}",
    "/compare",
    "/plots",
    "/changes",
    "/import",
    "/tokens",
];

/// Adds the addresses.
pub fn configure(config: &mut web::ServiceConfig) {
    config.route("/", look().to(catalog));
    for address in FRAMES.into_iter().chain(["/new/{noun}"]) {
        config.route(address, look().to(frame));
    }
}

/// How a page is to look and speak.
struct Choices {
    words: &'static Words,
    /// Light or dark, where it was chosen; else as the browser wishes.
    theme: Option<&'static str>,
}

impl Choices {
    fn of(request: &HttpRequest) -> Self {
        let cookie = |name| request.cookie(name).map(|cookie| cookie.value().to_owned());
        let theme = cookie("theme");
        let theme = ["light", "dark"].into_iter().find(|known| theme.as_deref() == Some(*known));
        Self { words: Words::wanted(request, cookie("lang").as_deref()), theme }
    }
}

async fn catalog(request: HttpRequest, state: web::Data<State>) -> HttpResponse {
    first_page(&request, &state).await.unwrap_or_else(|refusal| refusal.into_response(Media::Json))
}

async fn first_page(request: &HttpRequest, state: &State) -> Result<HttpResponse, Refusal> {
    let choices = Choices::of(request);
    let mut view = View::read(request.query_string());
    let mut variables = view.variables(choices.words.api);
    let mut answer = ask(request, state, MODELS.trim_end(), &variables).await?;
    if answer.is_none() && view.after.take().is_some() {
        // The place may be one of another order: the list begins again.
        variables = view.variables(choices.words.api);
        answer = ask(request, state, MODELS.trim_end(), &variables).await?;
    }
    let data =
        answer.and_then(|answer| serde_json::from_slice::<Json>(&answer).ok()).map(|mut answer| answer["data"].take());
    let status = if data.is_some() { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let content = table::page(choices.words, &view, data.as_ref().map_or(&Json::Null, |data| &data["models"]));
    // A page further on is for who has no scripts: those begin with the first one.
    let sent = data.filter(|_| view.after.is_none()).map(|data| json!({ "variables": variables, "data": data }));
    Ok(give(request, status, &page(&choices, &content, sent.as_ref())))
}

async fn frame(request: HttpRequest) -> HttpResponse {
    let choices = Choices::of(&request);
    let content = html! {
        (table::header(choices.words))
        main { noscript { p.page { (choices.words.text("catalog.script")) } } }
    };
    give(&request, StatusCode::OK, &page(&choices, &content, None))
}

/// A page around its content. `sent` is what the content was made of, for the script to go on with.
fn page(choices: &Choices, content: &Markup, sent: Option<&Json>) -> Markup {
    let title = "Open LLM Catalog";
    html! {
        (DOCTYPE)
        html lang=(choices.words.language) data-theme=[choices.theme] {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="description" content=(choices.words.text("catalog.lead"));
                title { (title) }
                link rel="icon" href=(ICON);
                link rel="stylesheet" href=(APP_STYLE);
                @for chunk in APP_CHUNKS { link rel="modulepreload" href=(chunk); }
                link rel="alternate" type="application/atom+xml" href="/feed.atom" title=(title);
                script type="module" src=(APP_SCRIPT) {}
            }
            body {
                div #app { (content) }
                @if let Some(sent) = sent {
                    // No text of the catalog may end the element.
                    script type="application/json" id="sent" { (PreEscaped(sent.to_string().replace('<', "\\u003c"))) }
                }
            }
        }
    }
}

const ICON: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 20 20' fill='%233b4cca'%3E\
    %3Crect x='1' y='11' width='4.5' height='8' rx='1'/%3E%3Crect x='7.75' y='6' width='4.5' height='13' rx='1'/%3E\
    %3Crect x='14.5' y='1' width='4.5' height='18' rx='1'/%3E%3C/svg%3E";

/// Gives a page; to who has it already, the word that it is still right.
fn give(request: &HttpRequest, status: StatusCode, page: &Markup) -> HttpResponse {
    let hash = BASE64_URL_SAFE_NO_PAD.encode(&Sha256::digest(&page.0)[..16]);
    let tag = EntityTag::new_strong(hash);
    let known = status == StatusCode::OK && fresh::has(request, &tag);
    let mut response = HttpResponse::build(if known { StatusCode::NOT_MODIFIED } else { status });
    response
        .insert_header(header::ETag(tag))
        .insert_header((header::CACHE_CONTROL, "private, no-cache"))
        .insert_header((header::VARY, "accept-language, cookie"));
    if known {
        return response.finish();
    }
    response
        .insert_header((header::CONTENT_SECURITY_POLICY, POLICY))
        .content_type("text/html; charset=utf-8")
        .body(page.0.clone())
}
