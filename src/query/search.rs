//! Search: finds the subjects whose normalized text contains every word of a query. Models are also found by what a query says
//! of their sizes, memory, context, tokens, dates and licenses.

use std::{collections::BTreeSet, ops::Bound};

use entity::vocabulary::SubjectType;
use sea_orm::{
    Condition, ConnectionTrait, DbBackend, ExprTrait,
    sea_query::{
        BinOper, CaseStatement, Expr, Func, LikeExpr, Order, Query, SelectStatement, UnionType,
        extension::postgres::PgFunc,
    },
};

use crate::domain::facts::filter::{escape_like, like_contains};
use crate::domain::search_query::{Range, Reading, SearchQuery, words};
use crate::domain::text::{edit_distance, letters_and_digits};
use crate::error::Result;
use crate::query::as_of::ReadView;
use crate::query::cursor::{Cursor, SortKey, SortKeyType, after_cursor, key_column};
use crate::query::keyset::Page;

/// A subject that matches a query.
#[derive(Clone, Copy, Debug)]
pub struct Hit {
    /// The type of the subject.
    pub subject: SubjectType,
    /// The id of the subject.
    pub id: i32,
}

/// The order of hits: by rank, then by name, then by type, with models first.
pub const SORT_KEYS: [SortKey; 4] = [
    SortKey { name: "rank", sql: "rank", kind: SortKeyType::Integer, descending: false },
    SortKey { name: "name", sql: "name_key", kind: SortKeyType::Text, descending: false },
    SortKey { name: "noun", sql: "subject_type", kind: SortKeyType::Integer, descending: false },
    SortKey { name: "id", sql: "id", kind: SortKeyType::Integer, descending: false },
];

/// The sort key of the order by relevance. Its column is of [`ranks`].
pub const RELEVANCE: SortKey =
    SortKey { name: "rank", sql: "ranked.rank", kind: SortKeyType::Integer, descending: false };

/// The number of characters of a group that the index of texts has.
const INDEXED: usize = 3;
/// The largest number of groups that are looked up: enough to tell texts apart.
const MAX_GROUPS: usize = 12;
/// The largest number of words of which several may be the name of a license.
const MAX_LICENSE_WORDS: usize = 6;
/// The largest number of words of the name of a license.
const MAX_LICENSE_NAME: usize = 4;
/// Words that only licenses have in their names.
const LICENSE_WORDS: [&str; 7] = ["license", "licence", "community", "rail", "terms", "许可", "协议"];

/// How the texts of rows are compared with words. The same rows match in each way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextMatch {
    /// Each text is read.
    Read,
    /// The index of SQLite is read first, which only the current models have.
    InSqlite,
    /// The condition has a form in which PostgreSQL can use its index.
    InPostgres,
}

impl TextMatch {
    /// Returns the way that reads fewest rows.
    pub fn of(backend: DbBackend, is_now: bool) -> Self {
        match backend {
            _ if !is_now => Self::Read,
            DbBackend::Postgres => Self::InPostgres,
            _ => Self::InSqlite,
        }
    }
}

/// Returns whether an index finds the rows of `table` that match a query.
pub fn has_index(table: &'static str, query: &str) -> bool {
    table == SubjectType::Model.table()
        && SearchQuery::parse(query).distinct_words().into_iter().any(|word| word.chars().count() >= INDEXED)
}

/// Returns the condition on rows of `table` that match a query. Without words it matches all rows.
///
/// The text of a row contains every word. A model also matches by a size, a date and so on that [`SearchQuery`] reads in the
/// query, and by a name of its license in place of words.
pub fn matches(table: &'static str, query: &str, text: TextMatch) -> Condition {
    if table != SubjectType::Model.table() {
        return contains_all(table, words(query).iter().map(String::as_str).collect(), TextMatch::Read);
    }
    let query = SearchQuery::parse(query);
    let mut words = vec![contains_all(table, query.distinct_words(), text)];
    if query.words.len() <= MAX_LICENSE_WORDS {
        for start in 0..query.words.len() {
            for end in start + 1..=query.words.len().min(start + MAX_LICENSE_NAME) {
                if let Some(license) = licensed(&query.words[start..end]) {
                    let rest = query.words[..start].iter().chain(&query.words[end..]).map(String::as_str).collect();
                    words.push(Condition::all().add(license).add(contains_all(table, rest, text)));
                }
            }
        }
    }
    let words = if text == TextMatch::InPostgres {
        any_by_id(words)
    } else {
        words.into_iter().fold(Condition::any(), Condition::add)
    };
    Condition::all().add(words).add_option(readings(&query))
}

/// Returns the condition that a model matches any of these. PostgreSQL uses no index for alternatives of which one has a subquery, so the ids
/// of the models of each are gathered.
fn any_by_id(alternatives: Vec<Condition>) -> Condition {
    let mut selects = alternatives
        .into_iter()
        .map(|condition| Query::select().column(("model", "id")).from("model").cond_where(condition).take());
    let mut ids = selects.next().unwrap_or_default();
    for select in selects {
        ids.union(UnionType::Distinct, select);
    }
    let ids = Func::cust("ARRAY").arg(Expr::from(ids));
    Condition::all().add(Expr::col(("model", "id")).eq(PgFunc::any(ids)))
}

/// Returns the condition that the text of a row contains every word.
fn contains_all(table: &'static str, words: BTreeSet<&str>, way: TextMatch) -> Condition {
    let text = Expr::col((table, "search_text"));
    let indexed = (way == TextMatch::InSqlite).then(|| in_index(&words)).flatten();
    words
        .into_iter()
        .fold(Condition::all().add_option(indexed), |all, word| all.add(text.clone().like(like_contains(word))))
}

/// Returns the condition that the text of a model contains the groups of characters of words, by the index of SQLite: it is true for
/// every model whose text contains the words. None if no word has such a group.
fn in_index(words: &BTreeSet<&str>) -> Option<Expr> {
    let mut groups = BTreeSet::new();
    for word in words {
        let characters = word.chars().collect::<Vec<_>>();
        groups.extend(characters.windows(INDEXED).map(String::from_iter));
    }
    let quoted = groups.iter().take(MAX_GROUPS).map(|group| format!("\"{}\"", group.replace('"', "\"\"")));
    let query = quoted.collect::<Vec<_>>().join(" AND ");
    let found = || {
        let matches = Expr::col("model_text").binary(BinOper::Custom("MATCH"), Expr::val(query));
        let found = Query::select().expr(Expr::cust("rowid")).from("model_text").and_where(matches).take();
        Expr::col(("model", "id")).in_subquery(found)
    };
    (!groups.is_empty()).then(found)
}

/// Returns the condition that a model has a license that people call by these words: those of a whole name, the first ones of
/// the name of a license of the SPDX list, or of any license if a word belongs to licenses only. Several families of models
/// have licenses of their own name, so one word such as "gemma" is none.
fn licensed(words: &[String]) -> Option<Expr> {
    let phrase = words.join(" ");
    let joined = letters_and_digits(&phrase);
    let letters = joined.chars().count();
    if letters < 3 {
        return None;
    }
    let line = |text: &str, end: &str| {
        let pattern = LikeExpr::new(format!("%\n{}{end}%", escape_like(text))).escape('\\');
        Expr::col(("license", "search_text")).like(pattern)
    };
    let begins = || Condition::any().add(line(&phrase, "")).add(line(&joined, ""));
    let mut named =
        Condition::any().add(Condition::all().add(Expr::col(("license", "spdx_id")).is_not_null()).add(begins()));
    if words.len() > 1 {
        named = named.add(line(&phrase, "\n")).add(line(&joined, "\n"));
    } else if letters > 3 {
        // A word within a name: "openrail" of the BigCode OpenRAIL-M license.
        named = named.add(Expr::col(("license", "slug")).like(like_contains(&format!("-{phrase}"))));
    }
    if LICENSE_WORDS.iter().any(|word| phrase.contains(word)) {
        named = named.add(begins());
    }
    let licenses = Query::select().column(("license", "id")).from("license").cond_where(named).take();
    let mut models = Query::select();
    models.column(("model_license", "model_id")).from("model_license");
    models.and_where(Expr::col(("model_license", "license_id")).in_subquery(licenses));
    Some(Expr::col(("model", "id")).in_subquery(models.take()))
}

/// Returns the condition on models that the readings of a query make; none without readings. All conditions on sizes hold for one and
/// the same size. A model without sizes matches a label by its names.
fn readings(query: &SearchQuery) -> Option<Condition> {
    let (mut of_model, mut of_size) = (Condition::all(), Condition::all());
    let mut without_sizes = Condition::all();
    let parameters = || Expr::col(("model_size", "parameters"));
    for term in &query.terms {
        match &term.reading {
            Reading::Size { label, parameters: range } => {
                let rounded = range.as_ref().map(|range| within(parameters(), range));
                of_size = of_size.add(Condition::any().add(has_label(label)).add_option(rounded));
                let named = [" ", "-", "\n"].into_iter().fold(Condition::any(), |any, before| {
                    any.add(Expr::col(("model", "search_text")).like(like_contains(&format!("{before}{label}"))))
                });
                without_sizes = without_sizes.add(named);
            }
            Reading::Parameters(range) => {
                of_size = of_size.add(called_within(range));
                without_sizes = without_sizes.add(never());
            }
            Reading::TrainingTokens(range) => {
                let tokens = "COALESCE(model_size.training_tokens, model.max_training_tokens)";
                of_size = of_size.add(within(Expr::cust(tokens), range));
                without_sizes = without_sizes.add(within(Expr::col(("model", "max_training_tokens")), range));
            }
            Reading::ContextLength(range) => {
                let context = "COALESCE(model_size.context_length, model.context_length)";
                of_size = of_size.add(within(Expr::cust(context), range));
                without_sizes = without_sizes.add(within(Expr::col(("model", "context_length")), range));
            }
            Reading::Memory(memory) => {
                of_size = of_size.add(parameters().lte(Reading::parameters_in(*memory)));
                without_sizes = without_sizes.add(never());
            }
            Reading::Released { from, before } => {
                let date = || Expr::col(("model", "release_date"));
                of_model = of_model.add(date().gte(from.as_str()));
                of_model = of_model.add_option((!before.is_empty()).then(|| date().lt(before.as_str())));
            }
        }
    }
    if query.terms.is_empty() {
        return None;
    }
    if of_size.is_empty() {
        return Some(of_model);
    }
    let sizes = |condition: Condition| {
        let mut sizes = Query::select();
        sizes.expr(Expr::val(1)).from("model_size");
        sizes.and_where(Expr::col(("model_size", "model_id")).equals(("model", "id")));
        Expr::exists(sizes.cond_where(condition).take())
    };
    let none = Condition::all().add(without_sizes).add(sizes(Condition::all()).not());
    Some(of_model.add(Condition::any().add(sizes(of_size)).add(none)))
}

fn never() -> Expr {
    Expr::cust("1 = 0")
}

/// Returns the condition that a size has a label, or one that begins with it: "7B", "7B-Chat".
fn has_label(label: &str) -> Condition {
    let lower = || Expr::expr(Func::lower(Expr::col(("model_size", "label"))));
    let begins = |after: &str| lower().like(LikeExpr::new(format!("{}{after}%", escape_like(label))).escape('\\'));
    Condition::any().add(lower().eq(label)).add(begins("-")).add(begins(" "))
}

/// Returns the condition that the parameters of a size are within a range. A size that is called by a bound equals it, however
/// many parameters it has exactly: LLaMA 7B has 6.7 billion, and is not below 7B.
fn called_within(range: &Range) -> Condition {
    let called = |bound: &Bound<i64>, included: bool| match bound {
        Bound::Included(value) if included => short(*value).map(|label| has_label(&label)),
        Bound::Excluded(value) if !included => short(*value).map(|label| has_label(&label)),
        _ => None,
    };
    let mut within = Condition::all().add(within(Expr::col(("model_size", "parameters")), range));
    for bound in [&range.from, &range.to] {
        within = within.add_option(called(bound, false).map(Condition::not));
    }
    let mut any = Condition::any().add(within);
    for bound in [&range.from, &range.to] {
        any = any.add_option(called(bound, true));
    }
    any
}

/// Writes an amount as labels do: 7,000,000,000 is "7b". None if it takes more than one digit after the point.
fn short(value: i64) -> Option<String> {
    let (unit, suffix) = [(1_000_000_000_000, "t"), (1_000_000_000, "b"), (1_000_000, "m")]
        .into_iter()
        .find(|(unit, _)| value >= *unit)?;
    let (whole, rest) = (value / unit, value % unit);
    match rest {
        0 => Some(format!("{whole}{suffix}")),
        rest if rest % (unit / 10) == 0 => Some(format!("{whole}.{}{suffix}", rest / (unit / 10))),
        _ => None,
    }
}

fn within(value: Expr, range: &Range) -> Condition {
    let from = match range.from {
        Bound::Included(from) => Some(value.clone().gte(from)),
        Bound::Excluded(from) => Some(value.clone().gt(from)),
        Bound::Unbounded => None,
    };
    let to = match range.to {
        Bound::Included(to) => Some(value.lte(to)),
        Bound::Excluded(to) => Some(value.lt(to)),
        Bound::Unbounded => None,
    };
    Condition::all().add_option(from).add_option(to)
}

/// Returns the id and the rank of each row of `table` for the order by relevance; none if the query has no words but amounts.
pub fn ranks(table: &'static str, query: &str) -> Option<SelectStatement> {
    let rest = ranked_text(table, query);
    let ranks = || Query::select().expr_as(rank(table, &rest), "rank").column("id").from(table).take();
    (!rest.is_empty()).then(ranks)
}

/// Returns the part of a query by which rows of `table` are ranked.
fn ranked_text(table: &'static str, query: &str) -> String {
    let is_model = table == SubjectType::Model.table();
    if is_model { SearchQuery::parse(query).rest() } else { words(query).join(" ") }
}

/// Returns the rank of a row for a normalized query: 0 if it is a name, 1 if a name begins with it, 2 if the name contains it, 3
/// otherwise.
fn rank(table: &'static str, query: &str) -> CaseStatement {
    let text = |pattern: String| Expr::col((table, "search_text")).like(like_contains(&pattern));
    // Each name is a line of the text, and another one without punctuation.
    let joined = letters_and_digits(query);
    let lines = |end: &str| {
        let joined = (!joined.is_empty() && joined != query).then(|| text(format!("\n{joined}{end}")));
        Condition::any().add(text(format!("\n{query}{end}"))).add_option(joined)
    };
    CaseStatement::new()
        .case(lines("\n"), 0)
        .case(lines(""), 1)
        .case(Expr::col((table, "name_key")).like(like_contains(query)), 2)
        .finally(3)
}

/// Returns the hits of `query` in subjects of all types after the cursor `after`, in the order of [`SORT_KEYS`].
///
/// # Errors
/// The database fails.
pub async fn search(db: &ReadView, query: &str, limit: u64, after: Option<&Cursor>) -> Result<Page<Hit>> {
    let mut select = Query::select();
    select.expr(Expr::cust("*")).from_subquery(hits(db, query), "hit");
    for (index, key) in SORT_KEYS.iter().enumerate() {
        select.expr_as(Expr::cust(key.sql), key_column(index)).order_by_expr(Expr::cust(key.sql), Order::Asc);
    }
    if let Some(after) = after {
        select.cond_where(after_cursor(&SORT_KEYS, after, true));
    }
    let mut page = Page::empty();
    for row in db.query_all(select.limit(limit + 1)).await? {
        let index = usize::try_from(row.try_get::<i32>("", "subject_type")?).unwrap_or_default();
        let subject = SubjectType::ALL[index];
        page.rows.push((Cursor::read(&SORT_KEYS, &row)?, Hit { subject, id: row.try_get("", "id")? }));
    }
    if page.rows.len() as u64 > limit {
        page.rows.pop();
        page.more = true;
    }
    Ok(page)
}

/// Returns the number of hits of `query`.
///
/// # Errors
/// The database fails.
pub async fn count(db: &ReadView, query: &str) -> Result<i64> {
    let mut select = Query::select();
    select.expr_as(Expr::cust("COUNT(*)"), "count").from_subquery(hits(db, query), "hit");
    let row = db.query_one(&select).await?;
    Ok(row.map(|row| row.try_get("", "count")).transpose()?.unwrap_or_default())
}

/// Selects the hits of a query in the tables of all subject types, each with its rank and the index of its type.
fn hits(db: &ReadView, query: &str) -> SelectStatement {
    let text = TextMatch::of(db.get_database_backend(), db.is_now());
    let mut selects = SubjectType::ALL.iter().enumerate().map(|(index, subject)| {
        let table = subject.table();
        Query::select()
            .expr_as(rank(table, &ranked_text(table, query)), "rank")
            .column("name_key")
            .expr_as(Expr::cust(index.to_string()), "subject_type")
            .column("id")
            .from(table)
            .cond_where(matches(table, query, text))
            .take()
    });
    let mut union = selects.next().unwrap_or_default();
    for select in selects {
        union.union(UnionType::All, select);
    }
    union
}

/// The largest number of names that a misspelled query is compared with, those that share most pairs of letters with it.
const MAX_CANDIDATES: u64 = 300;
/// The largest number of pairs of letters of a query that are compared.
const MAX_PAIRS: usize = 12;
/// The tables whose names are suggested.
const NAMED: [SubjectType; 4] =
    [SubjectType::Model, SubjectType::Organization, SubjectType::License, SubjectType::Dataset];

/// Returns a query that is spelled like a name of the catalog, for one that finds nothing: the nearest name by edit distance, with
/// the amounts of the query. None without a near name.
///
/// # Errors
/// The database fails.
pub async fn nearest(db: &ReadView, query: &str) -> Result<Option<String>> {
    let parsed = SearchQuery::parse(query);
    let letters = letters_and_digits(&parsed.rest());
    let count = letters.chars().count();
    let allowed = match count {
        ..3 => return Ok(None),
        3..=4 => 1,
        5..=8 => 2,
        _ => 3,
    };
    let pairs = letters.chars().zip(letters.chars().skip(1)).map(|(a, b)| format!("{a}{b}")).collect::<BTreeSet<_>>();
    let pairs = pairs.iter().take(MAX_PAIRS).collect::<Vec<_>>();
    let mut best = None::<((usize, bool), usize, usize, String)>;
    for (order, subject) in NAMED.iter().enumerate() {
        let table = subject.table();
        // The texts of models are long; those of the others have their other names too.
        let column = if *subject == SubjectType::Model { "name_key" } else { "search_text" };
        let shared = pairs.iter().fold(Expr::val(0), |sum, pair| {
            let has = Expr::col((table, column)).like(like_contains(pair));
            sum.add(CaseStatement::new().case(has, 1).finally(0))
        });
        let mut select = Query::select();
        select.column("name").column("search_text").from(table).expr_as(shared, "shared");
        select.order_by("shared", Order::Desc).order_by("id", Order::Asc);
        for row in db.query_all(select.limit(MAX_CANDIDATES)).await? {
            let (name, text) = (row.try_get::<String>("", "name")?, row.try_get::<String>("", "search_text")?);
            let names = text.lines().filter(|line| !line.starts_with('\t') && !line.contains('/'));
            let distances = names.filter_map(|line| {
                let other = letters_and_digits(line);
                // The first letter is seldom wrong.
                Some((edit_distance(&letters, &other, allowed)?, other.chars().next() != letters.chars().next()))
            });
            let Some(distance) = distances.min().filter(|(distance, _)| *distance > 0) else { continue };
            // Of equally near names the shortest.
            let near = (distance, order, name.chars().count(), name);
            if best.as_ref().is_none_or(|best| near < *best) {
                best = Some(near);
            }
        }
    }
    Ok(best.map(|(.., name)| {
        let terms = parsed.terms.iter().map(|term| term.text.as_str());
        [name.as_str()].into_iter().chain(terms).collect::<Vec<_>>().join(" ")
    }))
}
