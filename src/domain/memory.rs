//! The memory that running a model takes.

use async_graphql::SimpleObject;

use crate::domain::cache_layers::CacheShape;
use crate::domain::count::Count;
use crate::domain::facts::response_budget::Charged;
use crate::domain::quantization::Quantization;
use crate::error::{Error, Result};

/// How a model is run.
#[derive(Clone, Copy, Debug)]
pub struct Run {
    /// The format of the weights.
    pub quantization: Quantization,
    /// The number of tokens of a sequence; none if it is unknown.
    pub context: Option<i32>,
    /// The number of sequences at the same time.
    pub sequences: i32,
    /// The bits of a number of the cache.
    pub cache_bits: i64,
}

/// The basis of the size of the weights.
#[derive(Clone, Debug)]
pub enum Weights {
    /// The number of parameters.
    Parameters(i64),
    /// The files of a checkpoint in the format.
    File {
        /// Their bytes.
        bytes: Count,
        /// The address of the checkpoint.
        address: String,
    },
}

/// The memory that running a model takes, in bytes. Activations and the runtime itself are not included.
#[derive(SimpleObject)]
pub struct Memory {
    /// The weights.
    pub weights: Count,
    /// The cache of the tokens before, of all sequences: keys and values, and the states of recurrent layers. Null if it is unknown.
    pub key_value_cache: Option<Count>,
    /// The sum of the weights and, if it is known, the cache.
    pub total: Count,
    /// Whether both are known. If not, running the model takes more than `total`.
    pub complete: bool,
    /// The basis of the weights: the file of a checkpoint in this format, such as "Q4_K_M: the size of q/q-7b-gguf#q4_k_m.gguf", or else
    /// "Q4_K_M: 4.89 bits per parameter".
    pub basis: Charged<String>,
}

impl Memory {
    /// Computes the memory. `cache` is the shape of the cache if it is known.
    ///
    /// # Errors
    /// The context or the number of sequences is not positive, or a result is above [`Count::MAX`].
    pub fn of(weights: &Weights, cache: Option<&CacheShape>, run: &Run) -> Result<Self> {
        for (name, number) in [("context", run.context.unwrap_or(1)), ("sequences", run.sequences)] {
            if number < 1 {
                return Err(Error::InvalidArgument(format!("{name} is {number}; it is at least 1")));
            }
        }
        let (weights, basis) = match weights {
            Weights::Parameters(parameters) => {
                let bits = i128::from(*parameters) * i128::from(run.quantization.millibits);
                (bytes(bits, 8000)?, run.quantization.to_string())
            }
            Weights::File { bytes, address } => (*bytes, format!("{}: the size of {address}", run.quantization.name)),
        };
        let cache = cache.zip(run.context).map(|(cache, context)| {
            let numbers = cache.numbers(i64::from(context)) * i128::from(run.sequences);
            bytes(numbers * i128::from(run.cache_bits), 8)
        });
        let cache = cache.transpose()?;
        let total = weights.get() + cache.map_or(0, Count::get);
        Ok(Self {
            weights,
            key_value_cache: cache,
            total: Count::new(total).map_err(|error| Error::InvalidArgument(error.to_string()))?,
            complete: cache.is_some(),
            basis: Charged(basis),
        })
    }
}

/// Returns a number of parts of bytes as bytes, rounded up.
fn bytes(parts: i128, parts_per_byte: i128) -> Result<Count> {
    let bytes = i64::try_from((parts + parts_per_byte - 1) / parts_per_byte).unwrap_or(i64::MAX);
    Count::new(bytes).map_err(|error| Error::InvalidArgument(error.to_string()))
}
