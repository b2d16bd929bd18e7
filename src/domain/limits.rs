//! The limits of the texts and lists in documents. The cost of a query counts as many elements for each list. A row that was stored
//! before a limit became lower stays readable.

/// The largest number of elements of a list in a document.
pub const MAX_LIST: usize = 1000;
/// The message about a longer list.
pub const TOO_LONG: &str = "has more than 1000 elements";
/// The largest number of aliases of a subject.
pub const MAX_ALIASES: usize = 100;
/// The largest number of organizations of a model.
pub const MAX_ORGANIZATIONS: usize = 20;
/// The largest number of datasets of a model.
pub const MAX_DATASETS: usize = 50;
/// The largest number of languages of a model.
pub const MAX_LANGUAGES: usize = 500;
/// The largest number of purposes of a model.
pub const MAX_PURPOSES: usize = 20;
/// The largest number of groups of layers of a size.
pub const MAX_CACHE_LAYERS: usize = 10;
/// The largest number of bases of a model.
pub const MAX_BASES: usize = 20;
/// The largest number of sizes of a model.
pub const MAX_SIZES: usize = 50;
/// The largest number of checkpoints of a model. As-of reads number them up to it.
pub const MAX_CHECKPOINTS: usize = 500;
/// The largest number of links of a model.
pub const MAX_MODEL_LINKS: usize = 50;
/// The largest number of links of another subject.
pub const MAX_LINKS: usize = 10;
/// The largest number of snapshots of a source.
pub const MAX_SNAPSHOTS: usize = 20;
/// The largest number of evidences of a subject or of a size in a document.
pub const MAX_EVIDENCE: usize = 200;
/// The largest number of words of a quote.
pub const MAX_QUOTE_WORDS: usize = 25;
/// The largest number of characters of a quote.
pub const MAX_QUOTE_CHARACTERS: usize = 200;
/// The largest number of characters of a value in an evidence, as JSON.
pub const MAX_VALUE_CHARACTERS: usize = 2000;
/// The largest number of characters of a name, an alias, the label of a size, and an SPDX identifier.
pub const MAX_NAME_CHARACTERS: usize = 200;
/// The largest number of characters of a word from a list that grows, such as the kind of an organization.
pub const MAX_WORD_CHARACTERS: usize = 50;
/// The largest number of characters of a summary, and of the conditions of a license, in one language.
pub const MAX_SUMMARY_CHARACTERS: usize = 2000;
/// The largest number of characters of a note in the words of the source: the title of a link, an amount of data.
pub const MAX_NOTE_CHARACTERS: usize = 500;
/// The largest number of characters of a URL.
pub const MAX_URL_CHARACTERS: usize = 2000;
/// The largest number of characters of the path of a file in a repository.
pub const MAX_PATH_CHARACTERS: usize = 500;
/// The largest number of terms of a license.
pub const MAX_TERMS: usize = 30;
/// The largest number of licenses in the answer about a use.
pub const MAX_USE_LICENSES: usize = 10;
/// The largest number of territories of a term.
pub const MAX_TERRITORIES: usize = 50;
