//! Enums of the API that are not stored in the database.

use async_graphql::Enum;

/// A language of localized texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum Language {
    /// Chinese.
    Zh,
    /// English.
    En,
}

/// The number format of a parameter in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum Precision {
    /// 32-bit floating point: 4 bytes per parameter.
    Fp32,
    /// 16-bit floating point: 2 bytes per parameter.
    Fp16,
    /// 16-bit brain floating point: 2 bytes per parameter.
    Bf16,
    /// 8-bit floating point: 1 byte per parameter.
    Fp8,
    /// 8-bit integer: 1 byte per parameter.
    Int8,
    /// 4-bit integer: half a byte per parameter.
    Int4,
}

impl Language {
    /// Returns the text in a language; without a language, the English text or, if there is none, the Chinese one.
    pub fn pick<'a>(language: Option<Self>, zh: Option<&'a String>, en: Option<&'a String>) -> Option<&'a String> {
        match language {
            Some(Self::Zh) => zh,
            Some(Self::En) => en,
            None => en.or(zh),
        }
    }
}

impl Precision {
    /// Returns the number of bits per parameter.
    pub fn bits(self) -> i64 {
        match self {
            Self::Fp32 => 32,
            Self::Fp16 | Self::Bf16 => 16,
            Self::Fp8 | Self::Int8 => 8,
            Self::Int4 => 4,
        }
    }
}
