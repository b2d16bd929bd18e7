//! The filter of sizes that fit in a memory.

use async_graphql::InputObject;
use sea_orm::{Condition, sea_query::Expr};

use crate::domain::bytes::Bytes;
use crate::domain::limits::MAX_CACHE_LAYERS;
use crate::domain::quantization::Quantization;
use crate::query::weight_file_loader::{WEIGHT_FILE_ORDER, has_weights_in};

/// A memory, and how a size is run in it. A size matches if its weights and its cache fit, as `ModelSize.memory` computes them with a
/// cache of 16 bits per number. A size whose cache is unknown does not match. Whether the size can process that much context is
/// another condition: `contextLength`.
#[derive(Clone, Debug, InputObject)]
pub struct SizeFits {
    /// The memory: "24GiB" is 24 times 2^30 bytes, "24GB" 24 times 10^9.
    memory: Bytes,
    /// The format of the weights: a type of file such as Q4_K_M, or of numbers such as BF16; the case of letters does not matter.
    quantization: Quantization,
    /// The number of tokens of a sequence, input and output together. Without it: the `contextLength` of the size; a size without
    /// one does not match.
    #[graphql(validator(minimum = 1))]
    context: Option<i32>,
    /// The number of sequences at the same time, each with a cache of its own.
    #[graphql(default = 1, validator(minimum = 1))]
    sequences: i32,
    /// The part of the memory to keep free for activations and the runtime, from 0 to 0.9.
    #[graphql(default = 0.1, validator(minimum = 0.0, maximum = 0.9))]
    headroom: f64,
    /// Whether a size whose cache is unknown matches by its weights alone.
    #[graphql(default = false)]
    unknown_cache: bool,
}

impl SizeFits {
    /// Returns the condition on rows of sizes.
    pub fn condition(&self) -> Condition {
        let context =
            self.context.map_or_else(|| "model_size.context_length".to_owned(), |context| context.to_string());
        let double = |expression: &str| format!("CAST({expression} AS DOUBLE PRECISION)");
        let windows = (0..MAX_CACHE_LAYERS).map(|index| {
            let group = format!("(model_size.cache_layers -> {index})");
            let field = |name: &str| format!("CAST({group} ->> '{name}' AS BIGINT)");
            let (layers, heads, window) = (field("layers"), field("keyValueHeads"), field("window"));
            format!(
                "CASE WHEN {group} ->> 'kind' = 'WINDOW' THEN {} * {heads} * ({} + {}) \
                 * CASE WHEN {context} < {window} THEN {context} ELSE {window} END ELSE 0 END",
                double(&layers),
                field("keyDimension"),
                field("valueDimension"),
            )
        });
        let windows = windows.collect::<Vec<_>>().join(" + ");
        // The list is read only where there are windows. The numbers of a cache take 2 bytes each.
        let cache = format!(
            "{} * {context} + model_size.cache_fixed + CASE WHEN model_size.cache_per_token_in_windows = 0 THEN 0 ELSE ({windows}) END",
            double("model_size.cache_per_token"),
        );
        let cache = if self.unknown_cache { format!("COALESCE({cache}, 0)") } else { cache };
        let budget = self.budget();
        // The known bytes of a checkpoint, or else p * m / 8000, rounded up, without numbers above 64 bits.
        let millibits = self.quantization.millibits;
        let weights = format!(
            "COALESCE((SELECT checkpoint.bytes FROM checkpoint WHERE checkpoint.size_id = model_size.id AND {} \
             ORDER BY {WEIGHT_FILE_ORDER} LIMIT 1), \
             model_size.parameters / 8000 * {millibits} + (model_size.parameters % 8000 * {millibits} + 7999) / 8000)",
            has_weights_in(self.quantization)
        );
        // Without a known cache the sum is NULL, and the size does not match.
        let sequences = i64::from(self.sequences);
        Condition::all().add(Expr::cust(format!("{} + ({cache}) * {} <= {budget}", double(&weights), 2 * sequences)))
    }

    /// Returns the bytes that may be used.
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "both are below 2^53")]
    fn budget(&self) -> i64 {
        (self.memory.0.get() as f64 * (1.0 - self.headroom)).floor() as i64
    }
}
