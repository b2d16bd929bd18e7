//! Finds the model, the size and the checkpoint that a record or a base is about.

use entity::vocabulary::SubjectType;
use serde_json::{Map, Value as Json};

use crate::domain::checkpoint::{CheckpointDocument, DEFAULT_HUB};
use crate::domain::effective_checkpoints::MAX_CONVERSIONS;
use crate::domain::model::{ModelDocument, SizeDocument};
use crate::domain::slug::Slug;
use crate::domain::text::normalize;
use crate::formats::import::merge::count;
use crate::formats::import::name_index::{Lookup, ModelPart, NameIndex, PartLookup, joined};

/// Finds the model and the size that the name of a base refers to.
pub fn find_base(names: &NameIndex, name: &str) -> Option<(Slug, Option<String>)> {
    if let Some(slug) = name.parse::<Slug>().ok().filter(|slug| names.has(SubjectType::Model, slug)) {
        return Some((slug, None));
    }
    let is_id = name.contains('/');
    if is_id {
        if let PartLookup::One(slug, part) = names.find_repository(name) {
            return Some((slug, part.size));
        }
        if let Some(slug) = names.find_page(SubjectType::Model, name) {
            return Some((slug, None));
        }
    }
    let short = name.rsplit('/').next().unwrap_or(name);
    let is_own = |slug: &Slug| !is_id || names.has_account(slug, name);
    match names.find(SubjectType::Model, short) {
        Lookup::One(slug) if is_own(&slug) => Some((slug, None)),
        Lookup::None => match names.find_part_by_name(short) {
            PartLookup::One(slug, part) if is_own(&slug) => Some((slug, part.size)),
            _ => None,
        },
        _ => None,
    }
}

/// Finds the checkpoint that a part names: the one on the default hub, or the one without path and revision.
pub(super) fn find_checkpoint<'m>(model: &'m ModelDocument, part: &ModelPart) -> Option<&'m CheckpointDocument> {
    let text = part.checkpoint.as_ref()?;
    let mut found = model.checkpoints.iter().filter(|checkpoint| text.is(&checkpoint.repository)).collect::<Vec<_>>();
    for is_better in [
        |checkpoint: &CheckpointDocument| checkpoint.hub == DEFAULT_HUB,
        |checkpoint: &CheckpointDocument| checkpoint.path.is_none() && checkpoint.revision.is_none(),
    ] {
        if found.len() > 1 && found.iter().any(|checkpoint| is_better(checkpoint)) {
            found.retain(|checkpoint| is_better(checkpoint));
        }
    }
    if found.len() == 1 { found.pop() } else { None }
}

/// Returns the label of the size of a checkpoint: its own, or that of the one that it was converted from.
pub(super) fn size_of<'m>(model: &'m ModelDocument, checkpoint: &'m CheckpointDocument) -> Option<&'m str> {
    let original = |checkpoint: &&'m CheckpointDocument| {
        let address = checkpoint.converted_from.as_ref()?;
        model.checkpoints.iter().find(|other| other.address() == *address)
    };
    let chain = std::iter::successors(Some(checkpoint), original);
    chain.take(MAX_CONVERSIONS + 1).find_map(|own| own.size.as_deref())
}

/// Finds the size of a model that a stated size is: the one with its label, else the only one whose parameters are near.
pub(super) fn find_size<'m>(model: &'m ModelDocument, stated: &Map<String, Json>) -> Option<&'m SizeDocument> {
    let label = normalize(stated.get("label")?.as_str()?);
    if let Some(size) = model.sizes.iter().find(|size| normalize(&size.label) == label) {
        return Some(size);
    }
    let parameters = stated.get("parameters").and_then(count)?.get();
    let near = |percent: i64| {
        model.sizes.iter().filter(move |size| {
            let known = size.parameters.get();
            (known - parameters).abs() * 100 <= known * percent
        })
    };
    // Of sizes that are close to each other, only the closest by far is meant.
    match (near(3).collect::<Vec<_>>().as_slice(), near(10).count()) {
        ([size], 1) => Some(size),
        _ => None,
    }
}

/// Whether the name of a record extends that of the model by other words than the label of a size: a later version of the
/// model, or one for another purpose.
pub(super) fn is_variant(model: &ModelDocument, name: &str) -> bool {
    let (name, own) = (joined(name), joined(&model.name));
    let rest = name.strip_prefix(&own).filter(|rest| !rest.is_empty());
    rest.is_some_and(|rest| model.sizes.iter().all(|size| joined(&size.label) != rest))
}
