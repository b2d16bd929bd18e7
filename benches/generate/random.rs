//! Deterministic random values.

use rand_chacha::{
    ChaCha8Rng,
    rand_core::{RngCore, SeedableRng},
};

/// Random values of one document. They follow from the stream and the number of the document alone, so a larger catalog begins
/// with the models of a smaller one.
pub struct Random(ChaCha8Rng);

impl Random {
    /// `stream` differs for each kind of document.
    pub fn new(stream: u64, number: usize) -> Self {
        let mut random = ChaCha8Rng::seed_from_u64(number as u64);
        random.set_stream(stream);
        Self(random)
    }

    /// A uniform number in `0..bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.0.next_u64()) * bound as u128) >> 64) as usize
    }

    /// True with this probability in percent.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of the values, with equal probability.
    pub fn pick<'a, T>(&mut self, values: &'a [T]) -> &'a T {
        &values[self.below(values.len())]
    }

    /// A number in `0..bound` by a power law: a few are frequent, most are rare.
    pub fn power_law(&mut self, bound: usize) -> usize {
        let uniform = (self.0.next_u64() >> 11) as f64 / (1_u64 << 53) as f64;
        let number = (bound as f64).powf(uniform) - 1.0;
        (number as usize).min(bound - 1)
    }

    /// Up to `count` different numbers in `0..bound` by a power law.
    pub fn distinct_power_law(&mut self, count: usize, bound: usize) -> Vec<usize> {
        let mut numbers = Vec::new();
        for _ in 0..count {
            let number = self.power_law(bound);
            if !numbers.contains(&number) {
                numbers.push(number);
            }
        }
        numbers
    }
}
