//! Search over all subject types.

use async_graphql::{Context, Object, SimpleObject, Union};
use futures_util::future::try_join_all;

use crate::domain::facts::response_budget::Charged;
use crate::domain::text::normalize;
use crate::error::{Error, Result};
use crate::graphql::connection::{PageArguments, PageInfo};
use crate::graphql::context::ContextExt;
use crate::graphql::node::Node;
use crate::graphql::scalars::GlobalId;
use crate::graphql::types;
use crate::query::cursor::Cursor;
use crate::query::keyset::Page;
use crate::query::search;
use crate::query::search::{Hit, SORT_KEYS};

/// Declares [`SearchResult`].
macro_rules! search_result {
    ($($(#[$doc:meta])* $subject:ident = $word:literal, $table:ident, $plural:ident, $document:ident;)+) => {
        /// A subject that matches a search.
        #[derive(Union)]
        pub enum SearchResult {
            $($(#[$doc])* $subject(types::$table::$subject),)+
        }

        impl SearchResult {
            fn from_node(node: Node) -> Option<Self> {
                match node {
                    $(Node::$subject(subject) => Some(Self::$subject(subject)),)+
                    Node::ModelSize(_)
                    | Node::Checkpoint(_)
                    | Node::LicenseTerm(_)
                    | Node::Revision(_)
                    | Node::Evidence(_)
                    | Node::Proposal(_) => None,
                }
            }
        }
    };
}

entity::subjects!([search_result]);

/// A page of the results of a search.
pub struct SearchConnection {
    query: String,
    after: Option<Cursor>,
    page: Page<Hit>,
}

impl SearchConnection {
    async fn read(ctx: &Context<'_>, query: String, page: &PageArguments) -> Result<Self> {
        if normalize(&query).is_empty() {
            return Err(Error::InvalidArgument("`query` is empty; give at least one word.".to_owned()));
        }
        let window = page.window(&SORT_KEYS)?;
        let page = search::search(ctx.db(), &query, window.limit, window.after.as_ref()).await?;
        Ok(Self { query, after: window.after, page })
    }
}

#[macros::charged_fields]
/// A page of the results of a search.
#[Object]
impl SearchConnection {
    /// The results of the page, the best first, each with its cursor.
    async fn edges(&self, ctx: &Context<'_>) -> Result<Vec<SearchEdge>> {
        let edges = self.page.rows.iter().map(async |(cursor, hit)| {
            let node = load(ctx, *hit).await?;
            Ok::<_, Error>(node.map(|node| SearchEdge { cursor: Charged(cursor.write(&SORT_KEYS)), node }))
        });
        Ok(try_join_all(edges).await?.into_iter().flatten().collect())
    }

    /// The results of the page, the best first, without cursors.
    async fn nodes(&self, ctx: &Context<'_>) -> Result<Vec<SearchResult>> {
        let nodes = self.page.rows.iter().map(|(_, hit)| load(ctx, *hit));
        Ok(try_join_all(nodes).await?.into_iter().flatten().collect())
    }

    /// Whether there are more pages, and their cursors.
    async fn page_info(&self) -> PageInfo {
        let cursor = |row: Option<&(Cursor, Hit)>| Charged(row.map(|(cursor, _)| cursor.write(&SORT_KEYS)));
        PageInfo {
            has_next_page: self.page.more,
            // The cursor `after` belongs to a result, which is before this page.
            has_previous_page: self.after.is_some(),
            start_cursor: cursor(self.page.rows.first()),
            end_cursor: cursor(self.page.rows.last()),
        }
    }

    /// The number of all results, regardless of pagination. Counted only if this field is selected.
    async fn total_count(&self, ctx: &Context<'_>) -> Result<i64> {
        search::count(ctx.db(), &self.query).await
    }
}

/// A result of a search, with its cursor.
#[derive(SimpleObject)]
pub struct SearchEdge {
    /// The position of the result, to pass as `after`. Opaque.
    cursor: Charged<String>,
    /// The subject.
    node: SearchResult,
}

async fn load(ctx: &Context<'_>, hit: Hit) -> Result<Option<SearchResult>> {
    let node = Node::load(ctx, GlobalId::Subject(hit.subject, hit.id)).await?;
    Ok(node.and_then(SearchResult::from_node))
}

/// Search over the whole catalog.
#[derive(Default)]
pub struct SearchQuery;

#[Object]
impl SearchQuery {
    /// Searches subjects of every type for those whose texts contain every word of the query: names, slugs, aliases,
    /// summaries and license conditions, in any language, and for models the names of their organizations. Words may be parts
    /// of longer words; case and character width are ignored. Ordered by rank: first subjects with a name equal to the query,
    /// then those with a name that begins with it, then the others; then by name.
    async fn search(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "One or more words, such as \"千问\", \"llama\" or \"llama meta\".")] query: String,
        #[graphql(desc = "Returns the first n results, after `after` if given: 0 to 100; 20 if null.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Returns results after this cursor.")] after: Option<String>,
    ) -> Option<Result<SearchConnection>> {
        let page = PageArguments { first, after, last: None, before: None };
        Some(SearchConnection::read(ctx, query, &page).await)
    }
}
