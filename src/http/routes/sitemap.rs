//! Files for search engines: `robots.txt`, and the site map with the address of every page of a subject.

use actix_web::{
    HttpRequest, HttpResponse, HttpResponseBuilder,
    http::{StatusCode, header},
    web,
};
use chrono::{DateTime, Utc};
use entity::vocabulary::SubjectType;
use futures_util::{Stream, StreamExt, stream};
use sea_orm::{
    ConnectionTrait, ExprTrait,
    sea_query::{Expr, Order, Query},
};
use url::Url;

use crate::auth::actor::Actor;
use crate::db::database::Database;
use crate::error::Result;
use crate::http::graphql::content_type::ResponseFormat;
use crate::http::middleware::error::HttpError;
use crate::http::routes::get_or_head;
use crate::http::server::state::State;

/// The largest number of addresses of a file, by the protocol of site maps.
const MAX_ADDRESSES: i32 = 50_000;
/// The number of rows that are read at once.
const ROWS: u64 = 2000;
/// The cost of a file for the rate limit.
const FILE_COST: u32 = 1000;
/// The pages that are not of a subject.
const PAGES: [&str; 5] = ["/", "/plots", "/compare", "/changes", "/api"];
/// The paths that search engines need not read: data, tools, and the many addresses of filters.
const DISALLOWED: [&str; 10] =
    ["/graphql", "/export/", "/playground", "/plots/", "/search", "/tokens", "/import", "/conflicts", "/new/", "/*?"];
const OPEN: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const NAMESPACE: &str = "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"";

/// Adds the routes.
pub fn configure(config: &mut web::ServiceConfig) {
    config
        .route("/robots.txt", get_or_head().to(robots))
        .route("/sitemap.xml", get_or_head().to(index))
        .route("/sitemap/pages.xml", get_or_head().to(pages))
        .route("/sitemap/{plural}-{part}.xml", get_or_head().to(file));
}

async fn robots(request: HttpRequest, state: web::Data<State>) -> HttpResponse {
    let base = state.public_url.of(&request);
    let disallowed = DISALLOWED.map(|path| format!("Disallow: {path}\n")).concat();
    let text = format!("User-agent: *\n{disallowed}\nSitemap: {}\n", at(&base, "/sitemap.xml"));
    HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "public, max-age=3600"))
        .content_type("text/plain; charset=utf-8")
        .body(text)
}

/// The list of all files: one of the pages that are of no subject, and for each subject type as many as its ids need.
async fn index(request: HttpRequest, state: web::Data<State>) -> HttpResponse {
    let work = async {
        state.rate_limit_state(&Actor::ANONYMOUS, &request).count_request()?;
        let last = state.with_deadline(last_ids(&state.database)).await.flatten();
        let last = last.map_err(|error| HttpError::from_error(&error))?;
        let base = state.public_url.of(&request);
        let parts = SubjectType::ALL.iter().zip(last).flat_map(|(subject, last)| {
            (1..=(last + MAX_ADDRESSES - 1) / MAX_ADDRESSES)
                .map(|part| format!("/sitemap/{}-{part}.xml", subject.plural()))
        });
        let files = ["/sitemap/pages.xml".to_owned()].into_iter().chain(parts);
        let files =
            files.map(|path| format!("<sitemap><loc>{}</loc></sitemap>\n", at(&base, &path))).collect::<String>();
        Ok::<_, HttpError>(xml().body(format!("{OPEN}<sitemapindex {NAMESPACE}>\n{files}</sitemapindex>\n")))
    };
    work.await.unwrap_or_else(|error| error.into_response(ResponseFormat::Json))
}

async fn pages(request: HttpRequest, state: web::Data<State>) -> HttpResponse {
    let base = state.public_url.of(&request);
    let lists = SubjectType::ALL.iter().filter(|subject| **subject != SubjectType::Model);
    let lists = lists.map(|subject| format!("/{}", subject.plural()));
    let paths = PAGES.into_iter().map(str::to_owned).chain(lists);
    let entries = paths.map(|path| format!("<url><loc>{}</loc></url>\n", at(&base, &path))).collect::<String>();
    xml().body(format!("{OPEN}<urlset {NAMESPACE}>\n{entries}</urlset>\n"))
}

async fn file(request: HttpRequest, state: web::Data<State>, path: web::Path<(String, String)>) -> HttpResponse {
    let (plural, part) = path.into_inner();
    let subject = SubjectType::ALL.iter().copied().find(|subject| subject.plural() == plural);
    let part = part.parse::<i32>().ok().filter(|part| (1..=i32::MAX / MAX_ADDRESSES).contains(part));
    let (Some(subject), Some(part)) = (subject, part) else {
        let error = HttpError::new(StatusCode::NOT_FOUND, "NOT_FOUND", "There is no such file of the site map.");
        return error.into_response(ResponseFormat::Json);
    };
    let mut rate_limit = state.rate_limit_state(&Actor::ANONYMOUS, &request);
    if let Err(error) = rate_limit.count_request().and_then(|()| rate_limit.spend(FILE_COST)) {
        return error.into_response(ResponseFormat::Json);
    }
    let base = state.public_url.of(&request);
    xml().streaming(
        state.with_statement_deadline(entries(state.database.clone(), base, subject, part)).map(Result::flatten),
    )
}

/// Where the writing of a file has arrived.
enum Stage {
    Begin,
    /// The rows with ids above this one.
    After(i32),
    End,
}

/// Writes the addresses of the subjects with the ids of a file, as they are read.
fn entries(
    database: Database,
    base: Url,
    subject: SubjectType,
    part: i32,
) -> impl Stream<Item = Result<web::Bytes>> + Send + 'static {
    let (first, last) = ((part - 1) * MAX_ADDRESSES, part * MAX_ADDRESSES);
    stream::try_unfold((Stage::Begin, database), move |(stage, database)| {
        let base = base.clone();
        async move {
            let after = match stage {
                Stage::Begin => {
                    let open = format!("{OPEN}<urlset {NAMESPACE}>\n");
                    return Ok(Some((open.into(), (Stage::After(first), database))));
                }
                Stage::After(id) => id,
                Stage::End => return Ok(None),
            };
            let rows = rows(&database, subject, after, last).await?;
            let Some((id, ..)) = rows.last() else {
                return Ok(Some((web::Bytes::from_static(b"</urlset>\n"), (Stage::End, database))));
            };
            let stage = Stage::After(*id);
            let text = rows.iter().map(|(_, slug, updated)| {
                let address = at(&base, &format!("/{}/{slug}", subject.plural()));
                format!("<url><loc>{address}</loc><lastmod>{}</lastmod></url>\n", updated.format("%Y-%m-%d"))
            });
            Ok(Some((text.collect::<String>().into(), (stage, database))))
        }
    })
}

async fn rows(
    database: &Database,
    subject: SubjectType,
    after: i32,
    last: i32,
) -> Result<Vec<(i32, String, DateTime<Utc>)>> {
    let mut select = Query::select();
    select.columns(["id", "slug", "updated_at"]).from(subject.table()).order_by("id", Order::Asc).limit(ROWS);
    select.and_where(Expr::col("id").gt(after)).and_where(Expr::col("id").lte(last));
    let rows = database.read().query_all(&select).await?;
    let rows =
        rows.iter().map(|row| Ok((row.try_get("", "id")?, row.try_get("", "slug")?, row.try_get("", "updated_at")?)));
    rows.collect()
}

/// Returns the largest id of each subject type, 0 without any.
async fn last_ids(database: &Database) -> Result<Vec<i32>> {
    let mut select = Query::select();
    for subject in SubjectType::ALL {
        let last = Query::select().expr(Expr::cust("COALESCE(MAX(id), 0)")).from(subject.table()).take();
        select.expr_as(Expr::from(last), subject.plural());
    }
    let row = database.read().query_one(&select).await?;
    let Some(row) = row else { return Ok(Vec::new()) };
    SubjectType::ALL.iter().map(|subject| Ok(row.try_get("", subject.plural())?)).collect()
}

fn xml() -> HttpResponseBuilder {
    let mut response = HttpResponse::Ok();
    response
        .insert_header((header::CACHE_CONTROL, "public, max-age=3600"))
        .content_type("application/xml; charset=utf-8");
    response
}

/// Returns the absolute address of a path. Slugs need no escaping; the base is a URL, in which only `&` must be.
fn at(base: &Url, path: &str) -> String {
    format!("{}{path}", base.as_str().trim_end_matches('/')).replace('&', "&amp;")
}
