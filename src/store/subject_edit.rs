//! Edits: changes of subjects from one state to another.

use std::collections::HashSet;

use crate::domain::document::SubjectDocument;
use crate::store::documents::SubjectRef;

/// The change of a subject from one state to another.
pub struct Edit<'a, D> {
    /// The subject and its document as loaded; none for a new subject.
    pub before: Option<(SubjectRef, D)>,
    /// The new document.
    pub after: &'a D,
}

impl<D: SubjectDocument> Edit<'_, D> {
    /// Returns the subject; none for a new one.
    pub fn subject(&self) -> Option<SubjectRef> {
        self.before.as_ref().map(|(subject, _)| *subject)
    }

    /// Returns whether the document is unchanged. The order of evidence, and whether one is about several facts, makes no
    /// difference.
    pub fn is_noop(&self) -> bool {
        let Some((_, before)) = &self.before else { return false };
        before == self.after
            || self.has_evidence()
                && before.without_evidence() == self.after.without_evidence()
                && before.citations() == self.after.citations()
    }

    /// Returns whether the subject has evidence before or after the edit.
    pub fn has_evidence(&self) -> bool {
        let has_evidence = |document: &D| document.evidence().iter().any(|evidence| !evidence.list.is_empty());
        self.before.as_ref().is_some_and(|(_, before)| has_evidence(before)) || has_evidence(self.after)
    }

    /// Returns whether the subject gets a base that it did not have.
    pub fn sets_base(&self) -> bool {
        let before = self.before.as_ref().map(|(_, before)| before.bases()).unwrap_or_default();
        self.after.bases().iter().any(|base| before.iter().all(|known| known.model != base.model))
    }

    /// Returns whether the subject gets a slug that it did not have.
    pub fn takes_slug(&self) -> bool {
        self.before.as_ref().is_none_or(|(_, before)| before.slug() != self.after.slug())
    }
}

/// Splits documents into slices without duplicate slugs, in order.
pub fn split_at_duplicates<D: SubjectDocument>(documents: &[D]) -> impl Iterator<Item = &[D]> {
    let mut rest = documents;
    std::iter::from_fn(move || {
        let mut slugs = HashSet::new();
        let end = rest.iter().position(|document| !slugs.insert(document.slug())).unwrap_or(rest.len());
        let slice;
        (slice, rest) = rest.split_at(end);
        (!slice.is_empty()).then_some(slice)
    })
}
