//! Reads records in JSON, JSON Lines or YAML whose fields a map names: those of other catalogs.

pub mod map;
mod statement;

use std::{collections::HashMap, rc::Rc, slice::from_ref, sync::LazyLock};

use entity::vocabulary::{DataUnit, LineageRelation, LinkKind, ModelKind, ParametersBasis, SubjectType};
use regex::Regex;
use serde_json::{Map, Value as Json, json, value::RawValue};

use crate::domain::count::Count;
use crate::domain::document::SubjectDocument;
use crate::domain::facts::Facts;
use crate::domain::model::SizeDocument;
use crate::domain::subject::with_document;
use crate::domain::text::static_regex;
use crate::formats::parse::column::{Column, Heading};
use crate::formats::parse::group_by_model::Groups;
use crate::formats::parse::implied_subjects::add_implied_subjects;
use crate::formats::parse::inline::Inline;
use crate::formats::parse::record_builder::RecordBuilder;
use crate::formats::parse::row::Row;
use crate::formats::parse::source::{beginning, reject_all, reject_line};
use crate::formats::parse::topic::Topic;
use crate::formats::parse::yaml::{Content, Value};
use crate::formats::parse::{amount, column, dictionary, parameter_count, record_builder, row, sizes, source, yaml};
use crate::formats::readers::json::no_duplicate_keys::NoDuplicateKeys;
use crate::formats::readers::records::map::{FieldMap, value_at};
use crate::formats::record::{ParsedEntry, Rejected};

/// The maximum size of a source in JSON, in bytes.
pub const MAX_BYTES: usize = 64 << 20;
/// The maximum size of a source in YAML, in bytes.
pub const MAX_YAML_BYTES: usize = 16 << 20;

/// The separator of the elements of a list in a cell.
const SEPARATORS: [char; 1] = ['\n'];

/// The targets of fields with links, the kinds of the links, and the address before an id.
const LINKS: [(&str, LinkKind, &str); 5] = [
    ("weights", LinkKind::Weights, "https://huggingface.co/"),
    ("modelscope", LinkKind::Weights, "https://modelscope.cn/models/"),
    ("paper", LinkKind::Paper, ""),
    ("arxiv", LinkKind::Paper, "https://arxiv.org/abs/"),
    ("repository", LinkKind::Repository, ""),
];

/// Reads records in JSON or JSON Lines as a map says.
pub fn read(bytes: &[u8], map: &FieldMap) -> Vec<ParsedEntry> {
    match source::text(bytes, MAX_BYTES) {
        Ok(text) => read_records(json_records(text, map), map),
        Err(rejected) => reject_all(rejected),
    }
}

/// Reads records in YAML as a map says: those of each document.
pub fn read_yaml(bytes: &[u8], map: &FieldMap) -> Vec<ParsedEntry> {
    let documents = source::text(bytes, MAX_YAML_BYTES).and_then(yaml::documents);
    match documents {
        Ok(documents) => read_records(documents.iter().flat_map(|document| yaml_records(document, map)), map),
        Err(rejected) => reject_all(rejected),
    }
}

/// A record with the line where it begins.
type Record = (usize, Map<String, Json>);

fn read_records(records: impl Iterator<Item = Result<Record, Rejected>>, map: &FieldMap) -> Vec<ParsedEntry> {
    let mut groups = Groups::default();
    let (mut statements, mut rejected) = (Vec::new(), Vec::new());
    for record in records {
        let (line, record) = match record {
            Ok(record) => record,
            Err(rejection) => {
                rejected.push(rejection);
                continue;
            }
        };
        let record = with_pages(record, map);
        for entry in read_record(&record, line, map) {
            match entry {
                // Each statement has its own place in its source.
                Ok(record) if map.statement.is_some() => statements.push(Ok(record)),
                Ok(record) => groups.add(record),
                Err(rejection) => rejected.push(rejection),
            }
        }
    }
    if map.statement.is_some() {
        statements.extend(rejected.into_iter().map(Err));
        return add_implied_subjects(statements);
    }
    groups.finish(rejected)
}

/// Returns the records of a source in JSON.
fn json_records<'t>(text: &'t str, map: &FieldMap) -> impl Iterator<Item = Result<Record, Rejected>> + use<'t> {
    let (mut position, mut line) = (0, 1);
    objects(text, map).into_iter().map(move |object| {
        let offset = object.as_ptr() as usize - text.as_ptr() as usize;
        line += text[position..offset].matches('\n').count();
        position = offset;
        match serde_json::from_str(object) {
            Ok(NoDuplicateKeys(Json::Object(record))) => Ok((line, record)),
            Ok(_) => Err(reject_line(line, &beginning(object), &beginning(object), "not a JSON object")),
            Err(error) => {
                let line = line + error.line().saturating_sub(1);
                Err(reject_line(line, "", &beginning(object), &format!("not valid JSON: {error}")))
            }
        }
    })
}

/// Returns the records of a document in YAML: those of a list, those of the list that the map names, or the document.
fn yaml_records(document: &Rc<Value>, map: &FieldMap) -> Vec<Result<Record, Rejected>> {
    let list = map.list.as_ref().and_then(|list| document.get(list)).unwrap_or(document);
    let records = match &list.content {
        Content::List(items) => &items[..],
        _ => from_ref(document),
    };
    let record = |value: &Rc<Value>| match value.json()? {
        Json::Object(record) => Ok((value.line, record)),
        other => {
            let raw = beginning(&other.to_string());
            Err(reject_line(value.line, &raw, &raw, "not a record; expected lines such as `name: Qwen`"))
        }
    };
    records.iter().map(record).collect()
}

/// Returns the texts of the objects of a source: those of a list, those of the list that the map names, or those of its lines.
fn objects<'t>(text: &'t str, map: &FieldMap) -> Vec<&'t str> {
    let list = map.list.as_ref().and_then(|list| {
        let fields = serde_json::from_str::<HashMap<String, &RawValue>>(text).ok()?;
        serde_json::from_str::<Vec<&RawValue>>(fields.get(list)?.get()).ok()
    });
    if let Some(list) = list {
        return list.into_iter().map(RawValue::get).collect();
    }
    if let Ok(list) = serde_json::from_str::<Vec<&RawValue>>(text) {
        return list.into_iter().map(RawValue::get).collect();
    }
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>();
    if lines.len() > 1 && lines[0].starts_with('{') && lines[0].ends_with('}') {
        return lines;
    }
    vec![text.trim()]
}

/// Adds the fields that a record gets from its lists. Pages of copies come after those of the model.
fn with_pages(mut record: Map<String, Json>, map: &FieldMap) -> Map<String, Json> {
    for (field, pages) in &map.pages {
        let Some(elements) = record.get(&pages.list).and_then(Json::as_array).filter(|_| !record.contains_key(field))
        else {
            continue;
        };
        let ids = elements.iter().filter_map(|element| value_at(element.as_object()?, &pages.path)?.as_str());
        let (copies, mut ids) = ids.map(str::to_owned).partition::<Vec<_>, _>(|id| is_copy(id));
        ids.extend(copies);
        record.insert(field.clone(), ids.into());
    }
    record
}

/// Reads a record and its rows.
fn read_record(record: &Map<String, Json>, line: usize, map: &FieldMap) -> Vec<ParsedEntry> {
    if let Some(statement) = &map.statement {
        return statement::read(record, line, statement);
    }
    if let Some(subject) = map.subject.filter(|subject| *subject != SubjectType::Model) {
        return with_document!(subject, D => read_subject::<D>(record, line, map));
    }
    let Some(rows) = &map.rows else { return read_row(record, line, map) };
    let Some(Json::Array(elements)) = record.get(rows) else { return read_row(record, line, map) };
    let mut entries = Vec::new();
    let mut left_out = Vec::new();
    for element in elements {
        let mut record = record.clone();
        record.insert(rows.clone(), element.clone());
        for entry in read_row(&record, line, map) {
            match entry {
                // Rows of other formats add nothing to those of the model.
                Err(rejected) if rejected.ignorable => left_out.push(Err(rejected)),
                entry => entries.push(entry),
            }
        }
    }
    if entries.is_empty() {
        entries.extend(left_out.pop());
    }
    entries
}

/// Reads a record about a subject that is no model: the fields that its documents have.
fn read_subject<D: SubjectDocument + Facts>(
    record: &Map<String, Json>,
    line: usize,
    map: &FieldMap,
) -> Vec<ParsedEntry> {
    let value = |target: &str| map.fields.get(target)?.value(record).map(|(_, value, _)| value.clone());
    let Some(name) = value("name").map(|name| text_of(&name)).filter(|name| !dictionary::is_blank(name)) else {
        let raw = beginning(&Json::Object(record.clone()).to_string());
        return reject_all(reject_line(line, "", &raw, "the record has no name"));
    };
    let mut builder = RecordBuilder::new(D::SUBJECT, line, &name);
    builder.unset("name");
    builder.set(D::NAME_FIELD, name.as_str());
    for alias in value("aliases").map(|aliases| text_of(&aliases)).unwrap_or_default().split('\n') {
        if !dictionary::is_blank(alias) && alias != name {
            builder.push("aliases", alias);
        }
    }
    for fact in D::FACTS {
        let Some(value) = value(fact.name).filter(|value| !dictionary::is_blank(&text_of(value))) else { continue };
        let is_link =
            fact.name != "url" || record_builder::link_json(LinkKind::Other, None, &text_of(&value)).is_some();
        if is_link {
            builder.set(fact.name, value);
        } else {
            builder.warn(fact.name, &text_of(&value), record_builder::INVALID_LINK);
        }
    }
    builder.finish()
}

/// Reads a record that is one row.
fn read_row(record: &Map<String, Json>, line: usize, map: &FieldMap) -> Vec<ParsedEntry> {
    let id = map.id.as_ref().and_then(|path| value_at(record, path)?.as_str());
    let named = map.fields.get("name").and_then(|field| field.value(record)).map(|(_, value, _)| text_of(value));
    let row_name = id.map(str::to_owned).or_else(|| named.clone()).unwrap_or_default();
    let ignore = |raw: &str, message: &str| {
        vec![Err(Rejected { ignorable: true, ..reject_line(line, &beginning(&row_name), &beginning(raw), message) })]
    };
    if let Some(path) = map.id.as_ref().filter(|_| id.is_none()) {
        return ignore(path, "no id of a page of a model; left out");
    }
    for (path, values) in &map.only {
        let stated = value_at(record, path).map(text_of).unwrap_or_default();
        if !stated.split('\n').any(|stated| values.iter().any(|value| value == stated)) {
            return ignore(&format!("{path}: {stated}"), "not about a language model; left out");
        }
    }
    let name = id.map(|id| id.rsplit('/').next().unwrap_or(id).to_owned()).or(named).unwrap_or_default();
    if name.is_empty()
        && let Some((list, _)) = record.iter().find(|(_, value)| is_list_of_records(value))
    {
        let message = format!("the record has no name, but a list of records; name it in the map: {list}=list");
        return reject_all(reject_line(line, "", list, &message));
    }
    if id.is_some() && is_copy(&name) {
        return ignore(&row_name, "a quantized copy of a model, not a model; left out");
    }
    let relations =
        map.fields.get("relation").and_then(|field| field.value(record)).map(|(_, value, _)| text_of(value));
    let relations = relations.unwrap_or_default();
    if let Some(relation) = relations.split('\n').find(|relation| matches!(*relation, "quantized" | "adapter")) {
        return ignore(relation, "a quantization or an adapter of a model, not a model; left out");
    }
    let mut headings = vec![Heading::new("name", Some(Column::Name))];
    let mut cells = vec![vec![Inline::Text(name.clone())]];
    for (target, field) in map.fields.iter().filter(|(target, _)| *target != "name") {
        let (Some(column), Some((path, value, unit))) = (column::from_heading(target), field.value(record)) else {
            continue;
        };
        let is_counted = column == Column::Parameters && map.basis != ParametersBasis::Label;
        let is_link = LINKS.iter().any(|(link, ..)| link == target);
        if is_of_size(column) || column == Column::TrainingTokens || is_counted || is_link {
            continue;
        }
        let text = text_of(value);
        let text = unit.map_or(text.clone(), |unit| format!("{}{unit}", text.replace('_', ".")));
        headings.push(Heading::new(path, Some(column)));
        cells.push(vec![Inline::Text(text)]);
    }
    let row = Row { line, headings: &headings, cells, topic: Topic::Models(None), separators: &SEPARATORS };
    let mut builder = match row::read(&row) {
        Ok(builder) => builder,
        Err(rejected) => return vec![Err(rejected)],
    };
    if let Some(id) = id {
        builder.identify(id);
        builder.push_link(
            map.id.as_deref().unwrap_or_default(),
            LinkKind::Weights,
            None,
            &format!("https://huggingface.co/{id}"),
        );
    }
    builder.allow_unknown_base();
    if builder.get("baseModel").and_then(Json::as_str) == Some(builder.name()) {
        builder.unset("baseModel");
    }
    read_size(&mut builder, record, map, &name);
    read_links(&mut builder, record, map);
    read_bases(&mut builder, record, map, &relations);
    builder.finish()
}

fn is_list_of_records(value: &Json) -> bool {
    value.as_array().is_some_and(|items| !items.is_empty() && items.iter().all(Json::is_object))
}

/// Whether the name of a page is that of a quantized copy.
pub fn is_copy(name: &str) -> bool {
    static COPY: LazyLock<Regex> = LazyLock::new(|| {
        static_regex(
            r"(?i)[-_.](awq|gptq|gguf|ggml|fp8|fp4|nvfp4|mxfp4|bnb|mlx|exl2|hqq|int[48]|w[48]a(8|16)|[48]-?bits?|bf16-gguf|quantized)([-_.]|$)",
        )
    });
    COPY.is_match(name)
}

/// Whether a column has a fact of a size.
fn is_of_size(column: Column) -> bool {
    matches!(column, Column::SizeFact(_))
}

/// Returns a value as the text of a cell. The elements of a list are separated by line breaks.
fn text_of(value: &Json) -> String {
    match value {
        Json::String(text) => text.trim().to_owned(),
        Json::Array(items) => items.iter().map(text_of).filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n"),
        Json::Null => String::new(),
        other => other.to_string(),
    }
}

/// Reads the facts of the single size: its label is in the name, unless the record states its parameters.
fn read_size(builder: &mut RecordBuilder, record: &Map<String, Json>, map: &FieldMap, name: &str) {
    if map.basis != ParametersBasis::Label
        && let Some((path, value, _)) = map.fields.get("parameters").and_then(|field| field.value(record))
    {
        let text = text_of(value);
        match amount::bare_number(&text).filter(|count| count.get() > 0) {
            Some(count) => parameter_count::read_parameter_count(builder, path, name, count, map.basis),
            None => builder.warn(path, &text, "not a number of parameters such as 7000000000; ignored"),
        }
    }
    let mut facts = Map::new();
    for (target, field) in &map.fields {
        let Some(fact) = SizeDocument::FACTS.iter().find(|fact| fact.name == target) else { continue };
        let is_of_model = matches!(column::from_heading(target), Some(column) if !is_of_size(column));
        if let Some((_, value, _)) = field.value(record).filter(|_| !is_of_model)
            && let Some(number) = value.as_i64().filter(|number| *number > 0)
        {
            facts.insert(fact.name.to_owned(), number.into());
        }
    }
    if let Some(layers) = map.cache.as_ref().and_then(|cache| cache.read(record)) {
        facts.insert("cacheLayers".to_owned(), layers);
    }
    if let Some((path, value, _)) = map.fields.get("trainingTokens").and_then(|field| field.value(record))
        && let Some(count) = amount::bare_number(&text_of(value)).filter(|count| count.get() > 0)
    {
        if builder.get("sizes").is_some() {
            facts.insert("trainingTokens".to_owned(), json!(count));
        } else {
            builder.set("dataScale", json!({ "text": text_of(value), "amount": count, "unit": DataUnit::Tokens }));
            builder.warn(
                path,
                &text_of(value),
                "training tokens of a size that is not known; stored for the model only",
            );
        }
    }
    if facts.is_empty() {
        return;
    }
    if builder.get("sizes").is_none() {
        let Some(size) = parameter_count::size_in_name(name) else {
            return builder.set_unlabelled(facts);
        };
        sizes::add(builder, "name", vec![size]);
    }
    if let Some(Json::Array(sizes)) = builder.get("sizes").cloned()
        && let [Json::Object(size)] = &sizes[..]
    {
        let mut size = size.clone();
        size.extend(facts);
        builder.set("sizes", json!([size]));
    }
}

/// Reads links whose kind the map states, and ids of pages.
fn read_links(builder: &mut RecordBuilder, record: &Map<String, Json>, map: &FieldMap) {
    for (target, kind, base) in LINKS {
        let Some((path, value, _)) = map.fields.get(target).and_then(|field| field.value(record)) else { continue };
        // Of several pages the first is that of the model; the others are copies.
        let several = target == "arxiv";
        for text in
            text_of(value).split('\n').take(if several { 5 } else { 1 }).filter(|text| !dictionary::is_blank(text))
        {
            let url = if text.contains("://") { text.to_owned() } else { format!("{base}{text}") };
            let is_weights = kind == LinkKind::Weights && dictionary::url_kind(&url) != LinkKind::Weights;
            builder.push_link(path, if is_weights { dictionary::url_kind(&url) } else { kind }, None, &url);
        }
    }
    if let Some((path, value, _)) =
        map.fields.get("datasets").and_then(|field| field.value(record)).filter(|_| map.id.is_some())
    {
        for dataset in text_of(value).split('\n').filter(|text| text.contains('/')) {
            let link = record_builder::link_json(
                LinkKind::Dataset,
                None,
                &format!("https://huggingface.co/datasets/{dataset}"),
            );
            if let Some(link) = link {
                builder.add_related(
                    SubjectType::Dataset,
                    dataset,
                    Map::from_iter([("links".to_owned(), json!([link]))]),
                );
            } else {
                builder.warn(path, dataset, record_builder::INVALID_LINK);
            }
        }
    }
}

/// Reads the ids of the bases with their relations.
fn read_bases(builder: &mut RecordBuilder, record: &Map<String, Json>, map: &FieldMap, relations: &str) {
    let Some((_, value, _)) = map.fields.get("base").and_then(|field| field.value(record)) else { return };
    let text = text_of(value);
    let bases = text.split('\n').filter(|base| !base.is_empty()).collect::<Vec<_>>();
    let relations = relations.split('\n').map(|relation| match relation {
        "finetune" => Some(LineageRelation::FineTuned),
        "merge" => Some(LineageRelation::Merged),
        _ => None,
    });
    let relations = relations.collect::<Vec<_>>();
    match &bases[..] {
        [] => return,
        [base] if relations.first().copied().flatten().is_none() => builder.set("baseModel", *base),
        _ => {
            for (index, base) in bases.iter().enumerate() {
                let mut entry = json!({ "model": base });
                if let Some(relation) = relations.get(index).copied().flatten() {
                    entry["relation"] = json!(relation);
                }
                builder.push("bases", entry);
            }
        }
    }
    builder.set("kind", ModelKind::Derived.word());
}

/// Returns a count of a number in JSON.
fn count_of(value: &Json) -> Option<Count> {
    Count::new(value.as_i64()?).ok().filter(|count| count.get() > 0)
}
