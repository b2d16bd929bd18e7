//! The facts of a model that follow from its sizes and checkpoints.

use entity::vocabulary::{CommercialUse, DataUnit};

use crate::domain::base::BaseDocument;
use crate::domain::count::Count;
use crate::domain::date::PartialDate;
use crate::domain::document::SubjectDocument;
use crate::domain::model::ModelDocument;
use crate::domain::slug::Slug;

impl ModelDocument {
    /// Returns the number of parameters of the largest size.
    pub fn max_parameters(&self) -> Option<Count> {
        self.sizes.iter().map(|size| size.parameters).max()
    }

    /// Returns the bases that the size with a label was derived from and whose weights it contains. Without a size of that label it is
    /// not known which size is meant, and each base counts.
    pub fn bases_of_size(&self, label: &str) -> Vec<BaseDocument> {
        let is_known = self.sizes.iter().any(|size| size.label == label);
        let mut bases = self.bases();
        bases.retain(|base| base.passes_weights() && (!is_known || base.is_of(label)));
        bases
    }

    /// Returns the licenses that apply to the model: those of its sizes in their order, or its own without sizes, then those that its
    /// checkpoints state; each once.
    pub fn licenses(&self) -> Vec<&Slug> {
        let of_checkpoints = self.checkpoints.iter().filter_map(|checkpoint| checkpoint.license.as_ref());
        let mut licenses = Vec::new();
        for license in self.levels().filter_map(|(_, license)| license).chain(of_checkpoints) {
            if !licenses.contains(&license) {
                licenses.push(license);
            }
        }
        licenses
    }

    /// Returns the commercial use of the model, and that of each size. `license_use` returns the commercial use that a license permits.
    ///
    /// That of a size is [`CommercialUse::Varies`] if those of its checkpoints differ from each other or from its own, unless that is
    /// unknown; that of a model if its sizes differ, or checkpoints of unknown size that state a license or a use. A model without
    /// sizes is like a size.
    pub fn effective_uses(&self, license_use: impl Fn(&Slug) -> CommercialUse) -> (CommercialUse, Vec<CommercialUse>) {
        let decide = |stated: Option<CommercialUse>, license: Option<&Slug>| {
            stated.or_else(|| license.map(&license_use)).unwrap_or(CommercialUse::Unknown)
        };
        let checkpoints = self.checkpoints.iter().zip(self.effective_checkpoints());
        let checkpoints = checkpoints.map(|(stated, effective)| {
            let states = stated.license.is_some() || stated.commercial_use.is_some();
            (effective.size, decide(effective.stated_use, effective.use_license), states)
        });
        let checkpoints = checkpoints.collect::<Vec<_>>();
        let own = self.levels().map(|(stated, license)| decide(stated, license));
        if self.sizes.is_empty() {
            let of_parts = checkpoints.iter().map(|(_, commercial_use, _)| *commercial_use);
            return (
                own.map(|own| with_parts(own, of_parts.clone())).next().unwrap_or(CommercialUse::Unknown),
                Vec::new(),
            );
        }
        let uses = self.sizes.iter().zip(own).map(|(size, own)| {
            let of_size = checkpoints.iter().filter(|(label, ..)| *label == Some(size.label.as_str()));
            with_parts(own, of_size.map(|(_, commercial_use, _)| *commercial_use))
        });
        let uses = uses.collect::<Vec<_>>();
        let stray = checkpoints.iter().filter(|(label, _, states)| label.is_none() && *states);
        let model = common(uses.iter().copied().chain(stray.map(|(_, commercial_use, _)| *commercial_use)));
        (model.unwrap_or(CommercialUse::Unknown), uses)
    }

    /// Returns what is stated about the commercial use of each size, and the license that applies to it; those of the model if it
    /// has no sizes. A size states only what differs: its own license decides before what is stated for the model.
    fn levels(&self) -> impl Iterator<Item = (Option<CommercialUse>, Option<&Slug>)> {
        let model = self.sizes.is_empty().then_some((self.commercial_use, self.license.as_ref()));
        let sizes = self.sizes.iter().map(|size| match &size.license {
            Some(license) => (size.commercial_use, Some(license)),
            None => (size.commercial_use.or(self.commercial_use), self.license.as_ref()),
        });
        model.into_iter().chain(sizes)
    }

    /// Returns the release date that is stated for the model, without it that of the first of its sizes.
    pub fn first_release_date(&self) -> Option<&PartialDate> {
        self.release_date.as_ref().or_else(|| self.sizes.iter().filter_map(|size| size.release_date.as_ref()).min())
    }

    /// Returns the longest context that applies to one of its sizes, without sizes that of the model.
    pub fn max_context_length(&self) -> Option<i32> {
        let of_sizes = self.sizes.iter().map(|size| size.context_length.or(self.context_length));
        of_sizes.max().unwrap_or(self.context_length)
    }

    /// Returns the largest number of training tokens that is known for the model or one of its sizes.
    pub fn max_training_tokens(&self) -> Option<Count> {
        let whole =
            self.data_scale.as_ref().filter(|scale| scale.unit == DataUnit::Tokens).and_then(|scale| scale.amount);
        self.sizes.iter().map(|size| size.training_tokens).chain([whole]).flatten().max()
    }
}

/// Returns the commercial use that all have, or [`CommercialUse::Varies`]. None if there are none.
fn common(mut uses: impl Iterator<Item = CommercialUse>) -> Option<CommercialUse> {
    let first = uses.next()?;
    Some(if uses.all(|other| other == first) { first } else { CommercialUse::Varies })
}

/// Returns the commercial use of something with parts: the one that its parts have, and itself unless its own is unknown.
fn with_parts(own: CommercialUse, parts: impl Iterator<Item = CommercialUse>) -> CommercialUse {
    common(parts.chain((own != CommercialUse::Unknown).then_some(own))).unwrap_or(own)
}
