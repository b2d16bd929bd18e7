//! Custom scalars for times, URLs and slugs, and global ids.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::{SecondsFormat, Utc};
use entity::vocabulary::SubjectType;

use crate::domain::checkpoint::part_address;
use crate::domain::facts::filter::Comparable;
use crate::domain::{link, slug};

/// A point in time as "2023-12-19T06:43:38.000Z" (RFC 3339). Input may have any offset, and a fraction of any length or none;
/// output is in UTC, with milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateTime(pub chrono::DateTime<Utc>);

/// A point in time as "2023-12-19T06:43:38.000Z" (RFC 3339). Input may have any offset, and a fraction of any length or none;
/// output is in UTC, with milliseconds.
#[Scalar(specified_by_url = "https://www.rfc-editor.org/rfc/rfc3339#section-5.6")]
impl ScalarType for DateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else {
            return Err(InputValueError::expected_type(value));
        };
        let time = chrono::DateTime::parse_from_rfc3339(text);
        let invalid = |_| InputValueError::custom(format!("{text:?} is not a time such as \"2023-12-19T06:43:38Z\""));
        time.map(|time| Self(time.to_utc())).map_err(invalid)
    }

    fn is_valid(value: &Value) -> bool {
        Self::parse(value.clone()).is_ok()
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_rfc3339_opts(SecondsFormat::Millis, true))
    }
}

impl Comparable for DateTime {
    fn value(&self) -> sea_orm::Value {
        self.0.into()
    }
}

/// A URL with the scheme http or https.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Url(pub url::Url);

/// A URL with the scheme http or https.
#[Scalar(specified_by_url = "https://url.spec.whatwg.org/")]
impl ScalarType for Url {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else {
            return Err(InputValueError::expected_type(value));
        };
        link::resolve_url(text)
            .map(Self)
            .ok_or_else(|| InputValueError::custom(format!("{text:?} is not a URL with http or https")))
    }

    fn is_valid(value: &Value) -> bool {
        Self::parse(value.clone()).is_ok()
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// The identifier of a subject in URLs and references: lower-case letters a-z and digits, joined by single hyphens, at most
/// 100 characters, such as "llama-2".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slug(pub slug::Slug);

/// The identifier of a subject in URLs and references: lower-case letters a-z and digits, joined by single hyphens, at most
/// 100 characters, such as "llama-2".
#[Scalar]
impl ScalarType for Slug {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else { return Err(InputValueError::expected_type(value)) };
        text.parse().map(Self).map_err(InputValueError::custom)
    }

    fn is_valid(value: &Value) -> bool {
        Self::parse(value.clone()).is_ok()
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// Returns a sentence about the format of a custom scalar, for error messages about invalid values.
pub fn expected_format(scalar: &str) -> Option<&'static str> {
    Some(match scalar.trim_end_matches('!') {
        "Count" => {
            "a Count is a whole number from 0 to 9007199254740991 (2^53 - 1), such as 7000000000 or \"7B\" (K, M, B, T)"
        }
        "Bytes" => "a number of Bytes is 24000000000, \"24GB\" (10^9) or \"24GiB\" (2^30)",
        "PartialDate" => "a PartialDate is a date such as \"2023-07-18\", \"2023-07\" or \"2023\"",
        "DateTime" => "a DateTime is a time such as \"2023-12-19T06:43:38Z\"",
        "Slug" => "a Slug is lower-case letters a-z and digits, joined by single hyphens, such as \"llama-2\"",
        "Url" => "a Url is a URL with the scheme http or https",
        _ => return None,
    })
}

/// The object that a global id refers to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum GlobalId {
    /// A subject, by its type and row id.
    Subject(SubjectType, i32),
    /// A size, by the row id of its model and its label. Row ids of sizes are not stable: as-of reads have none.
    ModelSize(i32, String),
    /// A checkpoint, by its address as text.
    Checkpoint(String),
    /// A term of a license, by the row id of the license and the position among its terms.
    LicenseTerm(i32, i32),
    /// A revision, by its number.
    Revision(i32),
    /// An evidence, by its row id.
    Evidence(i32),
    /// A proposal, by its row id.
    Proposal(i32),
}

impl GlobalId {
    /// Returns what the facts of a part of a subject belong to: the subject itself, a size or a checkpoint.
    pub fn of_part(subject: SubjectType, id: i32, part: &str) -> Self {
        match (part, part_address(part)) {
            ("", _) => Self::Subject(subject, id),
            (_, Some(address)) => Self::Checkpoint(address.to_owned()),
            (label, None) => Self::ModelSize(id, label.to_owned()),
        }
    }

    /// Returns the id for clients: opaque, and unique in the whole catalog.
    pub fn id(self) -> async_graphql::ID {
        let text = match self {
            Self::Subject(subject, id) => format!("{}:{id}", subject.name()),
            Self::ModelSize(model, label) => format!("ModelSize:{model}:{label}"),
            Self::Checkpoint(address) => format!("Checkpoint:{address}"),
            Self::LicenseTerm(license, position) => format!("LicenseTerm:{license}:{position}"),
            Self::Revision(number) => format!("Revision:{number}"),
            Self::Evidence(id) => format!("Evidence:{id}"),
            Self::Proposal(id) => format!("Proposal:{id}"),
        };
        BASE64_URL_SAFE_NO_PAD.encode(text).into()
    }

    /// Parses an id from a client. None if it does not have the form of an id of this catalog.
    pub fn parse(id: &str) -> Option<Self> {
        let text = String::from_utf8(BASE64_URL_SAFE_NO_PAD.decode(id).ok()?).ok()?;
        let (name, id) = text.split_once(':')?;
        let target = match name {
            "ModelSize" => {
                let (model, label) = id.split_once(':')?;
                Self::ModelSize(model.parse().ok()?, label.to_owned())
            }
            "Checkpoint" => Self::Checkpoint(id.to_owned()),
            "LicenseTerm" => {
                let (license, position) = id.split_once(':')?;
                Self::LicenseTerm(license.parse().ok()?, position.parse().ok()?)
            }
            "Revision" => Self::Revision(id.parse().ok()?),
            "Evidence" => Self::Evidence(id.parse().ok()?),
            "Proposal" => Self::Proposal(id.parse().ok()?),
            name => {
                let subject = SubjectType::ALL.iter().copied().find(|subject| subject.name() == name)?;
                Self::Subject(subject, id.parse().ok()?)
            }
        };
        Some(target)
    }
}
