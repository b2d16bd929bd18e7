//! The definitions of tables as of a revision, for a WITH clause.

use std::{collections::BTreeSet, sync::LazyLock};

use entity::vocabulary::SubjectType;
use sea_orm::DbBackend;

use crate::domain::checkpoint::CheckpointDocument;
use crate::domain::document::{NameColumn, SubjectDocument};
use crate::domain::effective_checkpoints::MAX_CONVERSIONS;
use crate::domain::facts::{Facts, ReferenceColumn};
use crate::domain::license_terms::{TermConditionDocument, TermDocument};
use crate::domain::model::{ModelDocument, SizeDocument};
use crate::domain::subject::with_document;

/// Returns the definitions for a database, with the placeholder `{number}` for the revision.
pub fn definitions(backend: DbBackend) -> &'static str {
    if backend == DbBackend::Postgres { &POSTGRES } else { &SQLITE }
}

static SQLITE: LazyLock<String> = LazyLock::new(|| {
    replace(&[
        ("{revision}", "main.revision"),
        ("{evidence}", "main.evidence"),
        ("{conflict}", "main.conflict"),
        ("{reassessment}", "main.reassessment"),
        ("{objects}", "json_each"),
        ("{words}", "json_each"),
        ("{item}", "item"),
        ("{first_key}", "0"),
        // A dataset is a slug, or an object if more is known.
        ("{training}", "CASE item.type WHEN 'object' THEN item.value END"),
        ("{dataset}", "CASE item.type WHEN 'object' THEN item.value ->> 'dataset' ELSE item.value END"),
        ("{original_1}", "original_1"),
        ("{original_2}", "original_2"),
        ("{original_3}", "original_3"),
        ("{size}", "size"),
        ("{earlier}", "earlier"),
        (
            "{bases}",
            "COALESCE(document -> 'bases', CASE WHEN document ->> 'baseModel' IS NOT NULL \
            THEN json_array(json_object('model', document ->> 'baseModel')) END)",
        ),
        ("{array_of}", "json_group_array"),
        ("{length}", "json_array_length"),
        (
            "{agrees}",
            "agrees <> (SELECT COUNT(*) % 2 FROM json_each(turned_revisions) turned WHERE turned.value > {number})",
        ),
        ("{layers}", "json_each(item.value -> 'cacheLayers') layer"),
        ("{collation}", ""),
    ])
});

static POSTGRES: LazyLock<String> = LazyLock::new(|| {
    replace(&[
        ("{revision}", "revision"),
        ("{evidence}", "evidence"),
        ("{conflict}", "conflict"),
        ("{reassessment}", "reassessment"),
        ("{objects}", "jsonb_array_elements"),
        ("{words}", "jsonb_array_elements_text"),
        ("{item}", "WITH ORDINALITY item (value, key)"),
        ("{first_key}", "1"),
        ("{training}", "item.value"),
        ("{dataset}", "COALESCE(item.value ->> 'dataset', item.value #>> '{}')"),
        ("{original_1}", "original_1 (value)"),
        ("{original_2}", "original_2 (value)"),
        ("{original_3}", "original_3 (value)"),
        ("{size}", "WITH ORDINALITY size (value, key)"),
        ("{earlier}", "WITH ORDINALITY earlier (value, key)"),
        (
            "{bases}",
            "COALESCE(document -> 'bases', CASE WHEN document ->> 'baseModel' IS NOT NULL \
            THEN jsonb_build_array(jsonb_build_object('model', document ->> 'baseModel')) END)",
        ),
        ("{array_of}", "jsonb_agg"),
        ("{length}", "jsonb_array_length"),
        (
            "{agrees}",
            "agrees <> (SELECT COUNT(*) % 2 = 1 FROM jsonb_array_elements_text(turned_revisions) turned (value) \
             WHERE CAST(turned.value AS INTEGER) > {number})",
        ),
        ("{layers}", "jsonb_array_elements(item.value -> 'cacheLayers') layer (value)"),
        ("{collation}", " COLLATE \"C\""),
    ])
});

/// Replaces the placeholders in `tables.sql`: first by the columns of facts and references, then by the SQL of the database.
fn replace(dialect: &[(&str, &str)]) -> String {
    let lines = include_str!("tables.sql").lines().map(str::trim).filter(|line| !line.starts_with("--"));
    let sql = lines.flat_map(|line| [line, "\n"]).collect::<String>();
    let inherited = inherited_columns::<SizeDocument>(&["item.value", "document"]);
    let size_columns = fact_columns::<SizeDocument>("item.value")
        .chain(reference_columns::<SizeDocument>("item.value", None))
        .chain(inherited);
    let checkpoint_columns = fact_columns::<CheckpointDocument>("item.value")
        .chain(reference_columns::<CheckpointDocument>("item.value", None))
        .chain(inherited_columns::<CheckpointDocument>(&CHECKPOINT_LEVELS));
    let condition_columns = fact_columns::<TermConditionDocument>("item.value -> 'when'");
    let term_columns = fact_columns::<TermDocument>("item.value").chain(condition_columns);
    let sql = sql
        .replace("{name}", &format!("COALESCE({})", join(", ", name_fields())))
        .replace("{plain_tables}", &join(",\n", plain_tables()))
        .replace("{model_columns}", &join(", ", fact_columns::<ModelDocument>("document")))
        .replace(
            "{model_references}",
            &join(", ", reference_columns::<ModelDocument>("document", Some(ModelDocument::SUBJECT))),
        )
        .replace("{size_columns}", &join(", ", size_columns))
        .replace("{model_use}", &model_use())
        .replace("{size_use}", &size_use())
        .replace("{size_license}", &size_license())
        .replace("{stated_license}", &license_id("item.value"))
        .replace("{checkpoint_columns}", &join(", ", checkpoint_columns))
        .replace("{checkpoint_use_license}", &checkpoint_use().0)
        .replace("{checkpoint_use}", &checkpoint_use().1)
        .replace("{checkpoint_license}", &checkpoint_license())
        .replace("{checkpoint_size}", &coalesce(CHECKPOINTS.iter().map(|level| format!("{level} ->> 'size'"))))
        .replace("{conversions}", &join("\n", conversions()))
        .replace("{term_columns}", &join(", ", term_columns))
        .replace("{base_id}", &base_id("item.value ->> 'model'", SubjectType::Model))
        .replace("{provenance}", &provenance("0"))
        .replace("{size_provenance}", &provenance("(CAST(item.key AS INTEGER) - {first_key} + 1)"))
        .replace(
            "{checkpoint_provenance}",
            &provenance("(CAST(item.key AS INTEGER) - {first_key} + 1 + COALESCE({length}(document -> 'sizes'), 0))"),
        )
        .replace("{links}", &join("\nUNION ALL\n", links()));
    dialect.iter().fold(sql, |sql, (placeholder, text)| sql.replace(placeholder, text))
}

/// The JSON documents of a checkpoint and of those that it was converted from.
const CHECKPOINTS: [&str; 1 + MAX_CONVERSIONS] =
    ["item.value", "original_1.value", "original_2.value", "original_3.value"];
/// The JSON documents that say what applies to a checkpoint, the nearest first.
const CHECKPOINT_LEVELS: [&str; 3 + MAX_CONVERSIONS] =
    [CHECKPOINTS[0], CHECKPOINTS[1], CHECKPOINTS[2], CHECKPOINTS[3], "size.value", "document"];

/// Returns the joins with the checkpoints that a checkpoint was converted from.
fn conversions() -> impl Iterator<Item = String> {
    CHECKPOINTS.windows(2).zip(1..).map(|(pair, number)| {
        let [converted, original] = [pair[0], pair[1]];
        format!(
            "LEFT JOIN {{objects}}(document -> 'checkpoints') {{original_{number}}} ON {converted} ->> 'convertedFrom' = \
             COALESCE(({original} ->> 'hub') || ':', '') || ({original} ->> 'repository') \
             || COALESCE('@' || ({original} ->> 'revision'), '') || COALESCE('#' || ({original} ->> 'path'), '')"
        )
    })
}

/// Returns the SQL expression of the id of the license that applies to a checkpoint.
fn checkpoint_license() -> String {
    let stated = CHECKPOINT_LEVELS[..CHECKPOINT_LEVELS.len() - 1].iter().map(|level| license_id(level));
    coalesce(stated.chain(["subject_state.license_id".to_owned()]))
}

/// Returns the SQL expressions of the license that the commercial use of a checkpoint follows from, and of the commercial use, by the
/// rule of `ModelDocument::effective_checkpoints`.
fn checkpoint_use() -> (String, String) {
    let (mut license, mut permitted) = ("CASE".to_owned(), "CASE".to_owned());
    for level in CHECKPOINT_LEVELS {
        let stated = format!("({level} ->> 'commercialUse'){{collation}}");
        let id = license_id(level);
        let by_license = license_use(&id);
        license += &format!(" WHEN {stated} IS NOT NULL THEN NULL WHEN {level} ->> 'license' IS NOT NULL THEN {id}");
        permitted += &format!(
            " WHEN {stated} IS NOT NULL THEN {stated} \
             WHEN {level} ->> 'license' IS NOT NULL THEN COALESCE({by_license}, 'UNKNOWN')"
        );
    }
    (license + " END", permitted + " ELSE 'UNKNOWN' END")
}

fn coalesce(values: impl Iterator<Item = String>) -> String {
    format!("COALESCE({})", join(", ", values))
}

/// Returns the columns of inherited facts, read from JSON documents, the nearest first.
fn inherited_columns<D: Facts>(levels: &[&str]) -> impl Iterator<Item = String> {
    D::FACTS.iter().filter(|fact| fact.inherited).map(move |fact| fact.effective_as_of_column(levels))
}

/// Returns the definitions of tables that have only the columns of all subjects and declared columns: all but models.
fn plain_tables() -> impl Iterator<Item = String> {
    let plain = SubjectType::ALL.iter().filter(|subject| **subject != SubjectType::Model);
    plain.map(|subject| with_document!(*subject, D => plain_table::<D>()))
}

fn plain_table<D: SubjectDocument>() -> String {
    let common = "id, slug, name, name_key, search_text, version, created_at, updated_at".to_owned();
    let lists = D::OTHER_NAMES.iter().filter_map(|names| match names {
        // A declared list is among the columns of facts.
        NameColumn::List(column) if D::LISTS.iter().any(|(_, list)| list == column) => None,
        NameColumn::List(column) => Some(format!("COALESCE(document -> '{column}', '[]') AS {column}")),
        NameColumn::Text(_) => None,
    });
    let declared = fact_columns::<D>("document").chain(reference_columns::<D>("document", Some(D::SUBJECT)));
    let provenance = D::HAS_EVIDENCE.then(|| provenance("0"));
    let columns = [common].into_iter().chain(lists).chain(declared).chain(provenance);
    let (table, word) = (D::SUBJECT.table(), D::SUBJECT.word());
    let columns = join(", ", columns);
    format!("{table} AS NOT MATERIALIZED (SELECT {columns} FROM subject_state WHERE subject_type = '{word}')")
}

/// Returns the columns with the provenance of the part with an index in the list of a revision.
fn provenance(index: &str) -> String {
    let count = |name: &str| {
        format!(
            "CASE WHEN provenance IS NOT NULL THEN COALESCE(CAST(provenance -> {index} ->> '{name}' AS INTEGER), 0) END \
             AS {name}_count"
        )
    };
    let confidence = format!("(provenance -> {index} ->> 'confidence'){{collation}} AS lowest_confidence");
    [confidence, count("source"), count("conflict"), count("unsourced")].join(", ")
}

/// Returns the fields with the names of subjects, each type of which has one of them.
fn name_fields() -> impl Iterator<Item = String> {
    let fields = SubjectType::ALL.iter().map(|subject| with_document!(*subject, D => D::NAME_FIELD));
    fields.collect::<BTreeSet<_>>().into_iter().map(|field| format!("r.after ->> '{field}'"))
}

/// Returns the columns of facts, localized texts and lists, read from a JSON document.
fn fact_columns<D: Facts>(document: &str) -> impl Iterator<Item = String> {
    let facts = D::FACTS.iter().map(move |fact| fact.as_of_column(document));
    let localized = D::LOCALIZED.iter().flat_map(move |text| {
        [("zh", text.zh), ("en", text.en)]
            .map(|(language, column)| format!("{document} -> '{}' ->> '{language}' AS {column}", text.name))
    });
    let lists =
        D::LISTS.iter().map(move |(name, column)| format!("COALESCE({document} -> '{name}', '[]') AS {column}"));
    facts.chain(localized).chain(lists)
}

/// Returns the columns with the ids of the subjects that a JSON document refers to: those that last had the slug before. `own`
/// is the type of the subject itself.
fn reference_columns<D: Facts>(document: &str, own: Option<SubjectType>) -> impl Iterator<Item = String> {
    D::REFERENCES.iter().map(move |ReferenceColumn { name, column, subject }| {
        let slug = match *name {
            // A model has one base in `baseModel`, or all in `bases`.
            "baseModel" => format!("COALESCE({document} ->> '{name}', {document} -> 'bases' -> 0 ->> 'model')"),
            name => format!("{document} ->> '{name}'"),
        };
        if own == Some(*subject) {
            return format!("{} AS {column}", base_id(&slug, *subject));
        }
        format!(
            "(SELECT r.subject_id FROM {{revision}} r WHERE r.subject_type = '{}' AND r.subject_slug = {slug} \
             AND r.number < subject_state.number ORDER BY r.number DESC LIMIT 1) AS {column}",
            subject.word()
        )
    })
}

/// Returns the SQL expression of the id of the base with a slug. An import may refer to a subject of the same type that it saves
/// later, when no subject has the slug yet or any more.
fn base_id(slug: &str, subject: SubjectType) -> String {
    let from = format!("FROM {{revision}} r WHERE r.subject_type = '{}' AND r.subject_slug = {slug}", subject.word());
    format!(
        "COALESCE((SELECT CASE WHEN r.after IS NOT NULL THEN r.subject_id END {from} AND r.number < subject_state.number \
         ORDER BY r.number DESC LIMIT 1), \
         (SELECT r.subject_id {from} AND r.number > subject_state.number AND r.number <= {{number}} \
         ORDER BY r.number LIMIT 1))"
    )
}

/// Returns the SQL expression of the id of the license that applies to a size: its own, or else that of its model.
fn size_license() -> String {
    coalesce([license_id("item.value"), "subject_state.license_id".to_owned()].into_iter())
}

/// Returns the SQL expression of the id of the license that a JSON document states.
fn license_id(document: &str) -> String {
    format!(
        "(
            SELECT r.subject_id FROM {{revision}} r
            WHERE r.subject_type = 'LICENSE' AND r.subject_slug = {document} ->> 'license' AND r.number < subject_state.number
            ORDER BY r.number DESC LIMIT 1
        )"
    )
}

/// Returns the SQL expression of the commercial use that the license with an id permits; NULL without a license.
fn license_use(id: &str) -> String {
    format!(
        "(
            SELECT (terms.after ->> 'commercialUse'){{collation}} FROM {{revision}} terms
            WHERE terms.subject_type = 'LICENSE' AND terms.subject_id = {id} AND terms.number <= {{number}}
            ORDER BY terms.number DESC LIMIT 1
        )"
    )
}

/// Returns the SQL expression of the commercial use of a size, by the rule of `ModelDocument::effective_uses`.
fn size_use() -> String {
    let own = format!(
        "COALESCE(
            (item.value ->> 'commercialUse'){{collation}},
            CASE WHEN item.value ->> 'license' IS NULL THEN (document ->> 'commercialUse'){{collation}} END,
            {}
        )",
        license_use(&size_license())
    );
    let with_parts = common_use(&format!(
        "SELECT listed.commercial_use AS part FROM checkpoint listed
        WHERE listed.model_id = subject_state.id AND listed.size_id = subject_state.id * 64 + CAST(item.key AS INTEGER)
        UNION ALL SELECT NULLIF({own}, 'UNKNOWN')"
    ));
    format!("CASE WHEN {STATED_BY_CHECKPOINTS} THEN {with_parts} ELSE COALESCE({own}, 'UNKNOWN') END")
}

/// The SQL condition that checkpoints of a document may state a license or a use. Otherwise all have those of their size.
const STATED_BY_CHECKPOINTS: &str = "(COALESCE(document ->> 'checkpoints', '') LIKE '%\"license\"%' \
    OR COALESCE(document ->> 'checkpoints', '') LIKE '%\"commercialUse\"%')";

/// Returns the SQL expression of the commercial use of a model, by the same rule.
fn model_use() -> String {
    let without_sizes = "NOT EXISTS (SELECT 1 FROM {objects}(document -> 'sizes') {item})";
    let own = license_use("subject_state.license_id");
    common_use(&format!(
        "SELECT {{size_use}} AS part FROM {{objects}}(document -> 'sizes') {{item}}
        UNION ALL
        SELECT listed.commercial_use FROM checkpoint listed
        WHERE {STATED_BY_CHECKPOINTS} AND listed.model_id = subject_state.id AND listed.size_id IS NULL
            AND (listed.license_id IS NOT NULL OR listed.stated_commercial_use IS NOT NULL OR {without_sizes})
        UNION ALL
        SELECT NULLIF(COALESCE((document ->> 'commercialUse'){{collation}}, {own}), 'UNKNOWN') WHERE {without_sizes}"
    ))
}

/// Returns the SQL expression of the commercial use that all parts have, or VARIES; UNKNOWN without parts.
fn common_use(parts: &str) -> String {
    format!(
        "(SELECT COALESCE(CASE WHEN MIN(part) = MAX(part) THEN MIN(part) WHEN COUNT(part) > 0 THEN 'VARIES' END, 'UNKNOWN') \
         FROM ({parts}) parts)"
    )
}

/// Returns the queries for the links of each subject type.
fn links() -> impl Iterator<Item = String> {
    let linked = |subject: &&SubjectType| with_document!(**subject, D => D::HAS_LINKS);
    let types = SubjectType::ALL.iter().filter(linked).collect::<Vec<_>>();
    types.clone().into_iter().enumerate().map(move |(index, subject)| {
        // The first part gives the columns their types. With typed NULLs in the others SQLite flattens the union, and its
        // plan then has a scan of `revision` for each part: see `as_of_queries_use_indexes`.
        let null = if index == 0 { "CAST(NULL AS INTEGER)" } else { "NULL" };
        let owner = |other: &&SubjectType| {
            let id = if *other == subject { "subject_state.id" } else { null };
            format!("{id} AS {}", other.id_column())
        };
        let owners = join(", ", types.iter().map(owner));
        format!(
            "SELECT CAST(item.key AS INTEGER) AS id, {owners}, CAST(item.key AS INTEGER) AS position, \
             item.value ->> 'kind' AS kind, item.value ->> 'title' AS title, item.value ->> 'url' AS url \
             FROM subject_state, {{objects}}(document -> 'links') {{item}} WHERE subject_type = '{}'",
            subject.word()
        )
    })
}

fn join(separator: &str, parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(separator)
}
