//! The checkpoints of a model with what applies to them, and the rules that concern several of them.

use std::collections::HashMap;

use entity::vocabulary::CommercialUse;

use crate::domain::checkpoint::CheckpointDocument;
use crate::domain::limits::MAX_CHECKPOINTS;
use crate::domain::model::ModelDocument;
use crate::domain::slug::Slug;
use crate::domain::validation::ValidationErrors;

/// The largest number of checkpoints from one to the one that it goes back to by conversions.
pub const MAX_CONVERSIONS: usize = 3;

/// A checkpoint with what applies to it.
pub struct EffectiveCheckpoint<'a> {
    /// The document, with the inherited facts.
    pub document: CheckpointDocument,
    /// The label of the size.
    pub size: Option<&'a str>,
    /// The license.
    pub license: Option<&'a Slug>,
    /// The commercial use, if it is stated.
    pub stated_use: Option<CommercialUse>,
    /// The license that the commercial use follows from, if it is not stated.
    pub use_license: Option<&'a Slug>,
}

impl ModelDocument {
    /// Sorts the checkpoints by their keys. Returns the former index of each.
    pub fn sort_checkpoints(&mut self) -> Vec<usize> {
        let mut checkpoints = std::mem::take(&mut self.checkpoints).into_iter().enumerate().collect::<Vec<_>>();
        checkpoints.sort_by_cached_key(|(_, checkpoint)| checkpoint.key());
        let (order, checkpoints) = checkpoints.into_iter().unzip();
        self.checkpoints = checkpoints;
        order
    }

    /// Returns the checkpoints with what applies to them.
    pub fn effective_checkpoints(&self) -> Vec<EffectiveCheckpoint<'_>> {
        let by_address = self.checkpoints_by_address();
        self.checkpoints.iter().map(|checkpoint| self.effective(&conversions(&by_address, checkpoint))).collect()
    }

    fn checkpoints_by_address(&self) -> HashMap<String, &CheckpointDocument> {
        self.checkpoints.iter().map(|checkpoint| (checkpoint.address(), checkpoint)).collect()
    }

    /// Returns a checkpoint with what applies to it. `chain` is the result of [`conversions`].
    fn effective<'a>(&'a self, chain: &[&'a CheckpointDocument]) -> EffectiveCheckpoint<'a> {
        let size = chain.iter().find_map(|checkpoint| checkpoint.size.as_deref());
        let own = size.and_then(|label| self.sizes.iter().find(|size| size.label == label));
        let mut document = chain[0].clone();
        for original in &chain[1..] {
            document = document.inherit(*original);
        }
        if let Some(size) = own {
            document = document.inherit(size);
        }
        let checkpoints = chain.iter().map(|checkpoint| (checkpoint.commercial_use, checkpoint.license.as_ref()));
        let above = own.map(|size| (size.commercial_use, size.license.as_ref()));
        let above = above.into_iter().chain([(self.commercial_use, self.license.as_ref())]);
        let levels = checkpoints.chain(above).collect::<Vec<_>>();
        let decisive = levels.iter().find(|(stated, license)| stated.is_some() || license.is_some());
        EffectiveCheckpoint {
            document: document.inherit(self),
            size,
            license: levels.iter().find_map(|(_, license)| *license),
            stated_use: decisive.and_then(|(stated, _)| *stated),
            use_license: decisive.filter(|(stated, _)| stated.is_none()).and_then(|(_, license)| *license),
        }
    }

    /// Checks the checkpoints.
    pub fn check_checkpoints(&self, problems: &mut ValidationErrors) {
        if !problems.check_length("checkpoints", &self.checkpoints, MAX_CHECKPOINTS) {
            return;
        }
        let keys = self.checkpoints.iter().map(CheckpointDocument::key).collect::<Vec<_>>();
        problems.check(keys.is_sorted(), "checkpoints", "are not in the order of their addresses");
        let distinct = keys.windows(2).all(|pair| pair[0] != pair[1]);
        problems.check(distinct, "checkpoints", "have the same address twice");
        let by_address = self.checkpoints_by_address();
        for (index, checkpoint) in self.checkpoints.iter().enumerate() {
            let field = |name: &str| format!("checkpoints.{index}.{name}");
            checkpoint.validate(problems, &field);
            let known = checkpoint.size.as_ref().is_none_or(|own| self.sizes.iter().any(|size| size.label == *own));
            problems.check(known, &field("size"), "is not the label of a size of the model");
            let known = checkpoint.converted_from.as_ref().is_none_or(|address| by_address.contains_key(address));
            let message = "is not the address of another checkpoint of the model, such as Qwen/Qwen2.5-7B, \
                github:owner/name, owner/name@revision or owner/name#file";
            problems.check(known, &field("convertedFrom"), message);
            let chain = conversions(&by_address, checkpoint);
            let ends = chain.len() <= MAX_CONVERSIONS || chain[MAX_CONVERSIONS].converted_from.is_none();
            let message = format!("goes back to itself, or through more than {MAX_CONVERSIONS} conversions");
            problems.check(ends, &field("convertedFrom"), &message);
            if checkpoint.context_length.is_some() || checkpoint.extended_context_length.is_some() {
                let applying = self.effective(&chain).document;
                problems.check_contexts(&field(""), applying.context_length, applying.extended_context_length);
            }
        }
    }
}

/// Returns a checkpoint, and the ones that it was converted from: at most one more than [`MAX_CONVERSIONS`].
fn conversions<'a>(
    by_address: &HashMap<String, &'a CheckpointDocument>,
    checkpoint: &'a CheckpointDocument,
) -> Vec<&'a CheckpointDocument> {
    let original = |checkpoint: &&'a CheckpointDocument| by_address.get(checkpoint.converted_from.as_ref()?).copied();
    std::iter::successors(Some(checkpoint), original).take(MAX_CONVERSIONS + 1).collect()
}
