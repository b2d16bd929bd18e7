//! Search over every noun.

use async_graphql::{Context, Object, SimpleObject, Union};
use futures_util::future::try_join_all;

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
                    Node::ModelSize(_) | Node::Revision(_) => None,
                }
            }
        }
    };
}

entity::subjects!([search_result]);

/// What a search found, a page at a time.
pub struct SearchConnection {
    query: String,
    after: Option<Cursor>,
    page: Page<Hit>,
}

/// What a search found, a page at a time.
#[Object]
impl SearchConnection {
    /// The hits of the page, the best first, each with its cursor.
    async fn edges(&self, ctx: &Context<'_>) -> Result<Vec<SearchEdge>> {
        let edges = self.page.rows.iter().map(async |(cursor, hit)| {
            let node = load(ctx, *hit).await?;
            Ok::<_, Error>(node.map(|node| SearchEdge { cursor: cursor.write(&SORT_KEYS), node }))
        });
        Ok(try_join_all(edges).await?.into_iter().flatten().collect())
    }

    /// The hits of the page, the best first.
    async fn nodes(&self, ctx: &Context<'_>) -> Result<Vec<SearchResult>> {
        let nodes = self.page.rows.iter().map(|(_, hit)| load(ctx, *hit));
        Ok(try_join_all(nodes).await?.into_iter().flatten().collect())
    }

    /// What lies around the page.
    async fn page_info(&self) -> PageInfo {
        let cursor = |row: Option<&(Cursor, Hit)>| row.map(|(cursor, _)| cursor.write(&SORT_KEYS));
        PageInfo {
            has_next_page: self.page.more,
            // A cursor comes from a hit, and that stands before this page.
            has_previous_page: self.after.is_some(),
            start_cursor: cursor(self.page.rows.first()),
            end_cursor: cursor(self.page.rows.last()),
        }
    }

    /// How many hits there are, whatever the page. Counted only when asked for.
    async fn total_count(&self, ctx: &Context<'_>) -> Result<i64> {
        search::count(ctx.db(), &self.query).await
    }
}

/// A hit of a search.
#[derive(SimpleObject)]
pub struct SearchEdge {
    /// The hit's place among all: pass it as `after`.
    cursor: String,
    /// What was found.
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
    /// Models, datasets, licenses, organizations and architectures in whose names or summaries every word of the query
    /// stands, in any language and of any length; case and width do not matter. The best hits come first: those that are
    /// called like the query, then those whose name begins like it.
    async fn search(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "One or more words, such as \"千问\", \"llama\" or \"llama meta\".")] query: String,
        #[graphql(desc = "The first this many hits, behind `after` if that is given: 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Only hits behind the one with this cursor.")] after: Option<String>,
    ) -> Result<SearchConnection> {
        if normalize(&query).is_empty() {
            return Err(Error::InvalidArgument("`query` is empty; give at least one word.".to_owned()));
        }
        let window = PageArguments { first, after, last: None, before: None }.window(&SORT_KEYS)?;
        let page = search::search(ctx.db(), &query, window.limit, window.after.as_ref()).await?;
        Ok(SearchConnection { query, after: window.after, page })
    }
}
