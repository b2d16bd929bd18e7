//! Enums of the API that are not stored.

use async_graphql::Enum;

/// A language of localized texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum Language {
    /// Chinese.
    Zh,
    /// English.
    En,
}

/// How a parameter is stored in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum Precision {
    /// 32-bit floating point: 4 bytes a parameter.
    Fp32,
    /// 16-bit floating point: 2 bytes a parameter.
    Fp16,
    /// 16-bit brain floating point: 2 bytes a parameter.
    Bf16,
    /// 8-bit floating point: 1 byte a parameter.
    Fp8,
    /// 8-bit integer: 1 byte a parameter.
    Int8,
    /// 4-bit integer: half a byte a parameter.
    Int4,
}

impl Language {
    /// The text in a language; without one, the English text or else the Chinese one.
    pub fn pick<'a>(language: Option<Self>, zh: Option<&'a String>, en: Option<&'a String>) -> Option<&'a String> {
        match language {
            Some(Self::Zh) => zh,
            Some(Self::En) => en,
            None => en.or(zh),
        }
    }
}

impl Precision {
    /// The bits that one parameter takes.
    pub fn bits(self) -> i64 {
        match self {
            Self::Fp32 => 32,
            Self::Fp16 | Self::Bf16 => 16,
            Self::Fp8 | Self::Int8 => 8,
            Self::Int4 => 4,
        }
    }
}
