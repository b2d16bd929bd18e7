//! Amounts as they are written: a decimal number, and the precision that its last digit gives it.

use serde_json::Value as Json;

/// An amount with the precision of its text: "0.6B" is 6 times 10^8, and stands for every amount that rounds to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount {
    digits: i128,
    /// The power of ten of the last digit.
    exponent: i32,
    /// Whether the amount ends in K, which is 1,000 or 1,024.
    is_kilo: bool,
}

/// The largest number of digits: the arithmetic below is exact for them.
const MAX_DIGITS: usize = 17;
/// The digits of the smallest amount that may be cut off instead of rounded.
const MIN_CUT: i128 = 100;
/// The largest power of ten of a digit.
const MAX_EXPONENT: i32 = 400;

impl Amount {
    /// Reads a number, or a text such as "0.6B", "128K" or "6.67e22". Trailing zeros of a whole number are read as a suffix:
    /// 7000000000 is written 7B, so it has that precision, unless the number is `exact`. None for anything else.
    pub fn read(value: &Json, exact: bool) -> Option<Self> {
        match value {
            Json::Number(number) => Self::parse(&number.to_string(), exact),
            Json::String(text) => Self::parse(text, exact),
            _ => None,
        }
    }

    fn parse(text: &str, exact: bool) -> Option<Self> {
        let (number, suffix) = match text.as_bytes().last()? {
            b'K' | b'k' => (&text[..text.len() - 1], 3),
            b'M' | b'm' => (&text[..text.len() - 1], 6),
            b'B' | b'b' => (&text[..text.len() - 1], 9),
            b'T' | b't' => (&text[..text.len() - 1], 12),
            _ => (text, 0),
        };
        let (mantissa, power) = match number.split_once(['e', 'E']) {
            Some((mantissa, power)) => (mantissa, power.parse::<i32>().ok()?),
            None => (number, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = format!("{whole}{fraction}");
        let is_number = !whole.is_empty() && digits.len() <= MAX_DIGITS && digits.bytes().all(|b| b.is_ascii_digit());
        if !is_number || power.abs() > MAX_EXPONENT {
            return None;
        }
        let digits = digits.parse::<i128>().ok()?;
        let amount =
            Self { digits, exponent: suffix + power - i32::try_from(fraction.len()).ok()?, is_kilo: suffix == 3 };
        let is_plain = suffix == 0 && !text.contains(['.', 'e', 'E']);
        Some(if is_plain && !exact { amount.with_suffix() } else { amount })
    }

    /// Gives a whole number the precision that it has with the largest possible suffix: 40000 is 40K, and 1500 is 1.5K.
    fn with_suffix(self) -> Self {
        let scale = [12, 9, 6, 3].into_iter().find(|scale| self.digits >= 10_i128.pow(*scale)).unwrap_or(0);
        let (mut digits, mut exponent) = (self.digits, 0);
        while digits % 10 == 0 && exponent < scale.cast_signed() {
            digits /= 10;
            exponent += 1;
        }
        Self { digits, exponent, is_kilo: false }
    }

    /// Returns the power of ten of the last digit: the lower, the finer.
    pub fn exponent(self) -> i32 {
        self.exponent
    }

    /// Returns the number as decimal digits with an exponent, the same text for the same number; K is 1,000.
    pub fn decimal(self) -> String {
        let (mut digits, mut exponent) = (self.digits, self.exponent);
        while digits != 0 && digits % 10 == 0 {
            digits /= 10;
            exponent += 1;
        }
        if digits == 0 { "0".to_owned() } else { format!("{digits}e{exponent}") }
    }

    /// Returns whether this amount rounds to another one at the other's precision. Halfway between two amounts it rounds to both. Makers
    /// also cut digits off: an amount of at least three digits stands for those that it is the beginning of, so that the
    /// difference is below 1 %.
    pub fn rounds_to(self, other: Self) -> bool {
        let may_be_cut = other.digits >= MIN_CUT;
        self.compares(other, |difference, half| {
            difference.abs() <= half || may_be_cut && (0..2 * half).contains(&difference)
        })
    }

    /// Returns whether this amount is not below another one, or rounds to it.
    pub fn is_at_least(self, other: Self) -> bool {
        self.compares(other, |difference, half| difference >= -half)
    }

    /// Returns whether this amount is not above another one, or rounds to it.
    pub fn is_at_most(self, other: Self) -> bool {
        self.compares(other, |difference, half| difference <= half)
    }

    /// Compares the difference of two amounts with half of the unit of the last digit of the other one, for each meaning of K.
    fn compares(self, other: Self, holds: impl Fn(i128, i128) -> bool) -> bool {
        self.readings().any(|own| other.readings().any(|other| holds_at_common_scale(own, other, &holds)))
    }

    /// Returns each meaning of the amount as a number, the unit of its last digit and the power of ten of both.
    fn readings(self) -> impl Iterator<Item = (i128, i128, i32)> {
        let binary = self.is_kilo.then_some((self.digits * 1024, 1024, self.exponent - 3));
        [(self.digits, 1, self.exponent)].into_iter().chain(binary)
    }
}

/// Brings both numbers to the lower power of ten, doubled so that half a unit is whole.
fn holds_at_common_scale(
    (own, _, own_exponent): (i128, i128, i32),
    (other, unit, other_exponent): (i128, i128, i32),
    holds: &impl Fn(i128, i128) -> bool,
) -> bool {
    let exponent = own_exponent.min(other_exponent);
    let scaled = |number: i128, from: i32| match number {
        0 => Some(0),
        number => 10_i128.checked_pow(from.abs_diff(exponent))?.checked_mul(number)?.checked_mul(2),
    };
    match (scaled(own, own_exponent), scaled(other, other_exponent), scaled(unit, other_exponent)) {
        (Some(own), Some(other), Some(unit)) => holds(own - other, unit / 2),
        // A number has at most 17 digits, so one that does not fit is larger than the other one by more than both.
        (None, Some(_), _) => holds(i128::MAX, 0),
        _ => holds(i128::MIN + 1, 0),
    }
}
