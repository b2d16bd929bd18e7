//! Documents of checkpoints.

use entity::vocabulary::{CommercialUse, ReleaseStatus};
use macros::Facts;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use url::Url;

use crate::domain::count::Count;
use crate::domain::date::PartialDate;
use crate::domain::evidence::document::EvidenceDocument;
use crate::domain::facts::{CitableFact, citable};
use crate::domain::license::LicenseDocument;
use crate::domain::limits::{MAX_EVIDENCE, MAX_NAME_CHARACTERS, MAX_PATH_CHARACTERS, MAX_WORD_CHARACTERS};
use crate::domain::modalities::Modalities;
use crate::domain::slug::Slug;
use crate::domain::validation::ValidationErrors;

/// The hub of an address that names none.
pub const DEFAULT_HUB: &str = "huggingface";

/// A checkpoint: one set of weights at one address. It states only what differs from the checkpoint that it was converted from, from
/// its size and from the model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Facts)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "Checkpoint")]
#[facts(entity = checkpoint, name = Checkpoint, no_stated)]
pub struct CheckpointDocument {
    /// The label of the size. Absent if it is that of the checkpoint that it was converted from, or unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = MAX_NAME_CHARACTERS))]
    pub size: Option<String>,
    /// The hub: "huggingface", "modelscope", "github" or another word.
    #[serde(default = "default_hub", skip_serializing_if = "is_default_hub")]
    #[schemars(length(min = 1, max = MAX_WORD_CHARACTERS))]
    pub hub: String,
    /// The repository on the hub, such as "Qwen/Qwen2.5-7B-Instruct".
    #[schemars(length(min = 1, max = MAX_NAME_CHARACTERS))]
    pub repository: String,
    /// The commit, branch or tag, if the address has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = MAX_NAME_CHARACTERS))]
    pub revision: Option<String>,
    /// The file or folder in the repository, if the address has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = MAX_PATH_CHARACTERS))]
    pub path: Option<String>,
    /// The purpose of the weights, such as "base" or "instruct".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = MAX_NAME_CHARACTERS))]
    #[fact]
    pub variant: Option<String>,
    /// The address of the checkpoint of the model that it was converted from: "REPOSITORY", with "HUB:" in front unless that is
    /// huggingface, and "@REVISION" and "#PATH" behind if it has them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[fact(no_object, no_filter)]
    pub converted_from: Option<String>,
    /// The format of the files, such as "safetensors" or "GGUF".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = MAX_NAME_CHARACTERS))]
    #[fact]
    pub format: Option<String>,
    /// The format of the numbers, such as "BF16" or "Q4_K_M".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = MAX_NAME_CHARACTERS))]
    #[fact]
    pub quantization: Option<String>,
    /// The bytes of the files with the weights.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[fact]
    pub bytes: Option<Count>,
    /// The number of parameters that the files hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[fact]
    pub parameters: Option<Count>,
    /// Whether the hub gives the files only to admitted users.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[fact]
    pub gated: Option<bool>,
    /// Whether a maker of the model published it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[fact]
    pub official: Option<bool>,
    /// The slug of the license, if it differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[reference(LicenseDocument)]
    pub license: Option<Slug>,
    /// Whether commercial use is permitted, as a source states it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[fact(column = stated_commercial_use, no_object, no_filter)]
    pub commercial_use: Option<CommercialUse>,
    /// The date of the release.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[fact(inherited)]
    pub release_date: Option<PartialDate>,
    /// The length of the context in tokens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[fact(inherited)]
    pub context_length: Option<i32>,
    /// The length of the context with a method that extends it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[fact(inherited)]
    pub extended_context_length: Option<i32>,
    /// Whether the weights can be had.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[fact(inherited)]
    pub status: Option<ReleaseStatus>,
    /// The date up to which the training data reaches.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[fact(inherited)]
    pub knowledge_cutoff: Option<PartialDate>,
    /// The kinds of data that it reads and writes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[fact(inherited)]
    pub modalities: Option<Modalities>,
    /// The statements of sources about the facts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = MAX_EVIDENCE))]
    pub evidence: Vec<EvidenceDocument>,
}

fn default_hub() -> String {
    DEFAULT_HUB.to_owned()
}

fn is_default_hub(hub: &str) -> bool {
    hub == DEFAULT_HUB
}

/// Identifies a checkpoint in the catalog: the repository in lower case, the hub, the revision and the path, both empty if the
/// address has none. Checkpoints of a model are in the order of their keys.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CheckpointKey {
    /// The repository in lower case: hubs ignore case.
    pub repository: String,
    /// The hub.
    pub hub: String,
    /// The path.
    pub path: String,
    /// The revision.
    pub revision: String,
}

impl CheckpointKey {
    /// Creates the key of an address.
    pub fn new(hub: &str, repository: &str, revision: &str, path: &str) -> Self {
        Self {
            repository: repository.to_ascii_lowercase(),
            hub: hub.to_owned(),
            revision: revision.to_owned(),
            path: path.to_owned(),
        }
    }
}

impl CheckpointDocument {
    /// Creates a checkpoint of which only the address is known.
    pub fn new(hub: String, repository: String, revision: Option<String>, path: Option<String>) -> Self {
        Self {
            size: None,
            hub,
            repository,
            revision,
            path,
            variant: None,
            converted_from: None,
            format: None,
            quantization: None,
            bytes: None,
            parameters: None,
            gated: None,
            official: None,
            license: None,
            commercial_use: None,
            release_date: None,
            context_length: None,
            extended_context_length: None,
            status: None,
            knowledge_cutoff: None,
            modalities: None,
            evidence: Vec::new(),
        }
    }

    /// Returns the key.
    pub fn key(&self) -> CheckpointKey {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        CheckpointKey::new(&self.hub, &self.repository, &text(&self.revision), &text(&self.path))
    }

    /// Returns the address as text.
    pub fn address(&self) -> String {
        address(&self.hub, &self.repository, self.revision.as_deref(), self.path.as_deref())
    }

    /// Checks the checkpoint on its own. `field` returns the path of a field.
    pub fn validate(&self, problems: &mut ValidationErrors, field: &impl Fn(&str) -> String) {
        let is_word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-');
        let hub = self.hub.starts_with(|c: char| c.is_ascii_lowercase()) && self.hub.chars().all(is_word);
        problems.check(hub, &field("hub"), "is not a word of lower-case letters, digits, points and hyphens");
        problems.check_characters(&field("hub"), &self.hub, MAX_WORD_CHARACTERS);
        let is_name = |part: &str| {
            let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
            part.chars().all(is_part) && part.chars().any(|c| c.is_ascii_alphanumeric())
        };
        let message = "is not a name such as Qwen/Qwen2.5-7B-Instruct; revision and path are fields of their own";
        problems.check(self.repository.split('/').all(is_name), &field("repository"), message);
        problems.check_characters(&field("repository"), &self.repository, MAX_NAME_CHARACTERS);
        if let Some(revision) = &self.revision {
            let valid = !revision.is_empty() && revision.chars().all(|c| c.is_ascii_graphic() && c != '#');
            problems.check(valid, &field("revision"), "is not the name of a commit, branch or tag");
            problems.check_characters(&field("revision"), revision, MAX_NAME_CHARACTERS);
        }
        if let Some(path) = &self.path {
            let valid = path.split('/').all(|part| !matches!(part, "" | "." | ".."));
            let valid = valid && !path.chars().any(char::is_control) && path.trim() == path;
            problems.check(valid, &field("path"), "is not a path in the repository, without a slash at its ends");
            problems.check_characters(&field("path"), path, MAX_PATH_CHARACTERS);
        }
        for (name, text) in [("variant", &self.variant), ("format", &self.format), ("quantization", &self.quantization)]
        {
            if let Some(text) = text {
                problems.check_name(&field(name), text);
            }
        }
        for (name, number) in [("bytes", self.bytes), ("parameters", self.parameters)] {
            let valid = number.is_none_or(|number| number.get() > 0);
            problems.check(valid, &field(name), "is 0; omit an unknown number");
        }
        problems.check_commercial_use(&field("commercialUse"), self.commercial_use);
        problems.check_modalities(&field("modalities"), self.modalities.as_ref());
    }
}

/// Returns an address as text.
pub fn address(hub: &str, repository: &str, revision: Option<&str>, path: Option<&str>) -> String {
    let hub = if hub == DEFAULT_HUB { String::new() } else { format!("{hub}:") };
    let part = |mark: char, part: Option<&str>| part.map_or_else(String::new, |part| format!("{mark}{part}"));
    format!("{hub}{repository}{}{}", part('@', revision), part('#', path))
}

/// Returns the URL of the page of a checkpoint at its hub; none for an unknown hub. The revision and the path may be empty.
pub fn page_url(hub: &str, repository: &str, revision: &str, path: &str) -> Option<Url> {
    let (base, kind, branch) = match hub {
        "huggingface" => ("https://huggingface.co", "tree", "main"),
        "modelscope" => ("https://www.modelscope.cn/models", "tree", "master"),
        "github" => ("https://github.com", "tree", "HEAD"),
        _ => return None,
    };
    let mut url = Url::parse(base).ok()?;
    let mut segments = url.path_segments_mut().ok()?;
    segments.pop_if_empty().extend(repository.split('/'));
    if !(revision.is_empty() && path.is_empty()) {
        let revision = if revision.is_empty() { branch } else { revision };
        // A path with a dot in its last part is that of a file.
        let is_file = path.rsplit('/').next().is_some_and(|name| name.contains('.'));
        let parts = path.split('/').filter(|part| !part.is_empty());
        segments.push(if is_file { "blob" } else { kind }).extend(revision.split('/')).extend(parts);
    }
    drop(segments);
    Some(url)
}

/// Returns the text that identifies a checkpoint among the parts of its model. It differs from the label of every size, which
/// begins with no space.
pub fn part(address: &str) -> String {
    format!(" {address}")
}

/// Returns the address of the checkpoint that a part of a model is; none if it is not a checkpoint.
pub fn part_address(part: &str) -> Option<&str> {
    part.strip_prefix(' ')
}

/// Returns the key of an address that is written as text.
pub fn parse_address(address: &str) -> CheckpointKey {
    let (address, path) = address.split_once('#').unwrap_or((address, ""));
    let (address, revision) = address.split_once('@').unwrap_or((address, ""));
    let (hub, repository) = address.split_once(':').unwrap_or((DEFAULT_HUB, address));
    CheckpointKey::new(hub, repository, revision, path)
}

/// Returns the facts of a checkpoint that evidence can be about.
pub fn checkpoint_facts() -> Vec<CitableFact> {
    citable::<CheckpointDocument>(&[])
}
