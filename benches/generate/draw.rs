//! Chance that comes out the same every time.

use rand_chacha::{
    ChaCha8Rng,
    rand_core::{RngCore, SeedableRng},
};

/// Draws for one document. What comes out follows from the document's kind and number alone, so a larger catalog begins with
/// a smaller one.
pub struct Draw(ChaCha8Rng);

impl Draw {
    /// The draws of a document of a kind.
    pub fn of(kind: u64, number: usize) -> Self {
        let mut draw = ChaCha8Rng::seed_from_u64(number as u64);
        draw.set_stream(kind);
        Self(draw)
    }

    /// A number from 0 to one below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.0.next_u64()) * bound as u128) >> 64) as usize
    }

    /// True so many times in a hundred.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of many, each as likely as the others.
    pub fn pick<'a, T>(&mut self, many: &'a [T]) -> &'a T {
        &many[self.below(many.len())]
    }

    /// A number from 0 to one below `bound` by a power law: few are drawn often, and most seldom.
    pub fn skewed(&mut self, bound: usize) -> usize {
        let uniform = (self.0.next_u64() >> 11) as f64 / (1_u64 << 53) as f64;
        let number = (bound as f64).powf(uniform) - 1.0;
        (number as usize).min(bound - 1)
    }

    /// Up to `count` different ones by a power law, in the order they were drawn in.
    pub fn several(&mut self, count: usize, bound: usize) -> Vec<usize> {
        let mut drawn = Vec::new();
        for _ in 0..count {
            let number = self.skewed(bound);
            if !drawn.contains(&number) {
                drawn.push(number);
            }
        }
        drawn
    }
}
