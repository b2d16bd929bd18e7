//! The formats of weights, and the bits that they take for each parameter.

use std::{borrow::Cow, fmt, str::FromStr};

use async_graphql::{InputType, InputValueError, InputValueResult, Value, registry::Registry};

/// A format of weights, by its name. An input of the API: a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Quantization {
    /// The name.
    pub name: &'static str,
    /// The thousandths of bits for each parameter.
    pub millibits: i64,
}

/// The names of formats, and their thousandths of bits per parameter.
///
/// The K and I types of GGUF files mix tensor types, so their bits are measured: those of Llama 3.1 8B in the table of
/// `tools/quantize/README.md` of llama.cpp, or of its `quantize.cpp` for Llama 3 8B where that has none (Q4_1, Q5_0, Q5_1, Q3_K_M).
/// Where files of other models (tests/memory_estimate.rs) take up to 3% less, because a smaller part of them is vocabulary, the
/// value is between the two. Formats of one type of number have its exact bits.
const FORMATS: [(&str, i64); 37] = [
    ("F32", 32_000),
    ("FP32", 32_000),
    ("BF16", 16_000),
    ("F16", 16_000),
    ("FP16", 16_000),
    ("FP8", 8_000),
    ("INT8", 8_000),
    ("INT4", 4_000),
    ("MXFP4", 4_250),
    ("NVFP4", 4_500),
    ("Q8_0", 8_501),
    ("Q6_K", 6_563),
    ("Q5_1", 6_040),
    ("Q5_0", 5_570),
    ("Q5_K", 5_700),
    ("Q5_K_M", 5_700),
    ("Q5_K_S", 5_550),
    ("Q4_1", 5_110),
    ("Q4_0", 4_560),
    ("Q4_K", 4_890),
    ("Q4_K_M", 4_890),
    ("Q4_K_S", 4_610),
    ("IQ4_NL", 4_650),
    ("IQ4_XS", 4_410),
    ("Q3_K_L", 4_280),
    ("Q3_K", 3_990),
    ("Q3_K_M", 3_990),
    ("Q3_K_S", 3_620),
    ("IQ3_M", 3_763),
    ("IQ3_S", 3_661),
    ("IQ3_XS", 3_498),
    ("IQ3_XXS", 3_255),
    ("Q2_K", 3_159),
    ("IQ2_M", 2_929),
    ("IQ2_S", 2_740),
    ("IQ2_XS", 2_588),
    ("IQ2_XXS", 2_382),
];

impl FromStr for Quantization {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let known = FORMATS.iter().find(|(name, _)| name.eq_ignore_ascii_case(text));
        known.map(|(name, millibits)| Self { name, millibits: *millibits }).ok_or_else(|| {
            let names = FORMATS.map(|(name, _)| name).join(", ");
            let text = text.chars().take(50).collect::<String>();
            format!("{text:?} is not a known format of weights; known are {names}")
        })
    }
}

/// As in "Q4_K_M: 4.89 bits per parameter".
impl fmt::Display for Quantization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fraction = format!("{:03}", self.millibits % 1000);
        let fraction = fraction.trim_end_matches('0');
        let point = if fraction.is_empty() { "" } else { "." };
        write!(f, "{}: {}{point}{fraction} bits per parameter", self.name, self.millibits / 1000)
    }
}

impl InputType for Quantization {
    type RawValueType = Self;

    fn type_name() -> Cow<'static, str> {
        String::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        <String as InputType>::create_type_info(registry)
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        match value.unwrap_or_default() {
            Value::String(text) => text.parse().map_err(InputValueError::custom),
            value => Err(InputValueError::expected_type(value)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.name.to_owned())
    }

    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }
}
