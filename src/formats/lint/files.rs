//! Checks documents in files, such as a data set: TOML files in folders with the names of their types, such as `models`.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use chrono::NaiveDate;
use entity::vocabulary::SubjectType;

use crate::domain::lint::related::{Linted, Related};
use crate::domain::lint::{Finding, Severity};
use crate::domain::subject::with_document;
use crate::formats::lint::{LintError, Linter, Totals};

impl Linter<'_> {
    /// Checks the documents in folders, and in the folders in them. A document stands instead of that with its slug in the folders
    /// before. All of them are in memory.
    ///
    /// # Errors
    /// A folder cannot be read, or the report cannot be written.
    pub fn folders(mut self, folders: &[PathBuf], today: NaiveDate) -> Result<Totals, LintError> {
        let mut related = Related::new(today);
        for folder in folders {
            let mut files = Vec::new();
            collect(folder, &mut files)?;
            files.sort_by(|(_, one), (_, other)| one.cmp(other));
            let mut own = Related::new(today);
            for (subject, path) in &files {
                with_document!(*subject, D => self.read::<D>(path, &mut own)?);
            }
            for subject in SubjectType::ALL {
                with_document!(*subject, D => { let read = std::mem::take(D::of(&mut own)); D::of(&mut related).extend(read) });
            }
        }
        for subject in SubjectType::referenced_first() {
            with_document!(subject, D => self.check_all::<D>(&mut related)?);
        }
        Ok(self.totals)
    }

    /// Reads a file into the related documents. What cannot be read is a finding.
    fn read<D: Linted>(&mut self, path: &Path, related: &mut Related) -> Result<(), LintError> {
        let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_owned();
        let text = fs::read_to_string(path).map_err(|cause| LintError::Read { path: path.to_owned(), cause })?;
        let document = toml::from_str::<D>(&text);
        let (field, message) = match document {
            Err(error) => (String::new(), format!("{}: {error}", path.display())),
            Ok(document) if document.slug().as_str() != stem => (
                "slug".to_owned(),
                format!("is {:?}, not the name of its file, {}", document.slug().as_str(), path.display()),
            ),
            Ok(document) => match D::of(related).insert(document.slug().clone(), document) {
                None => return Ok(()),
                Some(_) => ("slug".to_owned(), format!("is that of a second file, {}", path.display())),
            },
        };
        let (severity, rule, subject) = (Severity::Error, "unreadable", D::SUBJECT);
        self.report(Finding { severity, rule, subject, slug: stem, field, message })
    }

    fn check_all<D: Linted>(&mut self, related: &mut Related) -> Result<(), LintError> {
        let mut slugs = D::of(related).keys().cloned().collect::<Vec<_>>();
        slugs.sort();
        for slug in slugs {
            let document = D::of(related).get(&slug).cloned();
            document.iter().try_for_each(|document| self.check(document, related))?;
        }
        Ok(())
    }
}

/// Collects the TOML files of folders with the names of types of subjects.
fn collect(folder: &Path, files: &mut Vec<(SubjectType, PathBuf)>) -> Result<(), LintError> {
    let failure = |cause: io::Error| LintError::Read { path: folder.to_owned(), cause };
    let name = folder.file_name().and_then(|name| name.to_str());
    let subject = SubjectType::ALL.iter().find(|subject| Some(subject.plural()) == name);
    for entry in fs::read_dir(folder).map_err(failure)? {
        let path = entry.map_err(failure)?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if let Some(subject) = subject.filter(|_| path.extension().is_some_and(|extension| extension == "toml"))
        {
            files.push((*subject, path));
        }
    }
    Ok(())
}
