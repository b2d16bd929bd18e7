//! The devices that models run on, and whether a size fits in the memory of one.

use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::{Value as Json, json};

use crate::domain::text::{letters_and_digits, normalize};
use crate::http::pages::components::GIB;
use crate::http::pages::i18n::Translations;
use crate::http::pages::shipped;

/// Devices of one kind.
#[derive(Deserialize)]
pub struct DeviceGroup {
    /// The maker and the kind.
    pub name: String,
    /// Whether the memory is also that of the rest of the computer.
    pub unified: bool,
    /// The devices, the newest first.
    pub devices: Vec<Device>,
}

/// A device with memory of its own or unified memory.
#[derive(Deserialize)]
pub struct Device {
    /// The identifier in addresses.
    pub slug: String,
    /// The name without that of its maker.
    pub name: String,
    /// The memory in GiB: a card of "24 GB" has 24 GiB.
    pub gib: u32,
}

/// The devices by kind.
pub static DEVICES: LazyLock<Vec<DeviceGroup>> =
    LazyLock::new(|| shipped::parse("data/devices.json", include_str!("data/devices.json")));

/// The part of the memory in percent that is kept free, unless the reader says otherwise.
const RESERVE: u32 = 10;
/// The same where the rest of the computer uses the memory too.
const UNIFIED_RESERVE: u32 = 25;
/// The format of the weights and the length of the context, unless the reader says otherwise.
pub const DEFAULT_QUANTIZATION: &str = "Q4_K_M";
/// The number of tokens, unless the reader says otherwise.
pub const DEFAULT_CONTEXT: u32 = 8192;
/// The memory in GiB where a page needs one and the reader has chosen none.
pub const DEFAULT_GIB: u32 = 24;

/// Returns the device with a slug, and whether its memory is unified.
pub fn device(slug: &str) -> Option<(&'static Device, bool)> {
    let mut devices = DEVICES.iter().flat_map(|group| group.devices.iter().map(|device| (device, group.unified)));
    devices.find(|(device, _)| device.slug == slug)
}

/// Returns the device that a text names, such as "RTX 4090": the shortest name that contains it.
pub fn device_named(text: &str) -> Option<&'static Device> {
    let letters = |text: &str| letters_and_digits(&normalize(text));
    let wanted = letters(text);
    let devices = DEVICES.iter().flat_map(|group| &group.devices);
    let named = devices.filter(|device| letters(&device.name).contains(&wanted));
    // Shorter texts are in many names.
    (wanted.len() >= 3).then(|| named.min_by_key(|device| device.name.len())).flatten()
}

/// The hardware of a reader, to run a model on.
pub struct Hardware {
    /// The device; `None` if only a memory was given.
    pub device: Option<&'static Device>,
    /// The number of devices.
    pub count: u32,
    /// The memory of all of them in GiB.
    pub gib: u32,
    /// The format of the weights.
    pub quantization: String,
    /// The number of tokens of the context.
    pub context: u32,
    /// The part of the memory in percent that is kept free.
    pub reserve: u32,
}

/// Whether a size fits in a memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// Weights and cache fit, with the reserve.
    Fits,
    /// They fit without the reserve, or the weights fit with it and the cache is unknown.
    Tight,
    /// They do not fit.
    No,
}

impl Fit {
    /// All values, from good to bad.
    pub const ALL: [Self; 3] = [Self::Fits, Self::Tight, Self::No];

    /// Returns the value in addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Fits => "FITS",
            Self::Tight => "TIGHT",
            Self::No => "NO",
        }
    }
}

impl Hardware {
    /// Returns the reserve unless the reader says otherwise.
    pub fn default_reserve(unified: bool) -> u32 {
        if unified { UNIFIED_RESERVE } else { RESERVE }
    }

    /// Returns whether a size fits whose field `memory` was read for this quantization and context.
    pub fn fit(&self, memory: &Json) -> Fit {
        let (all, usable) = (f64::from(self.gib) * GIB, self.usable() * GIB);
        let (total, complete) = (memory["total"].as_f64().unwrap_or(f64::INFINITY), memory["complete"] == true);
        match complete {
            true if total <= usable.floor() => Fit::Fits,
            true if total <= all => Fit::Tight,
            false if total <= usable.floor() => Fit::Tight,
            _ => Fit::No,
        }
    }

    /// Returns the filter of sizes that fit in one of these ways.
    pub fn filter(&self, fits: &[Fit]) -> Json {
        let within = |headroom: f64, by_weights_alone: bool| {
            json!({ "fits": {
                "memory": format!("{}GiB", self.gib), "quantization": self.quantization, "context": self.context,
                "headroom": headroom, "unknownCache": by_weights_alone,
            } })
        };
        let reserve = f64::from(self.reserve) / 100.0;
        let surely = within(reserve, false);
        let possibly = json!({ "or": [within(0.0, false), within(reserve, true)] });
        let filters = Fit::ALL.into_iter().filter(|fit| fits.contains(fit)).map(|fit| match fit {
            Fit::Fits => surely.clone(),
            Fit::Tight if fits.contains(&Fit::Fits) => possibly.clone(),
            Fit::Tight => json!({ "and": [possibly, { "not": surely }] }),
            Fit::No => json!({ "not": possibly }),
        });
        json!({ "or": filters.collect::<Vec<_>>() })
    }

    /// Returns the memory in GiB without the reserve.
    pub fn usable(&self) -> f64 {
        f64::from(self.gib) * (1.0 - f64::from(self.reserve) / 100.0)
    }

    /// Returns the name: "2 × RTX 4090", or the memory.
    pub fn name(&self) -> String {
        match self.device {
            Some(device) if self.count > 1 => format!("{} × {}", self.count, device.name),
            Some(device) => device.name.clone(),
            None => format!("{} GiB", self.gib),
        }
    }

    /// Returns what is assumed, in a sentence: the memory, the reserve, the quantization and the context.
    pub fn assumptions(&self, texts: &Translations) -> String {
        let usable = format!("{:.1}", self.usable());
        let usable = usable.strip_suffix(".0").unwrap_or(&usable);
        texts.with(
            "hardware.assumptions",
            &[
                ("name", &self.name()),
                ("memory", &self.gib.to_string()),
                ("reserve", &self.reserve.to_string()),
                ("usable", usable),
                ("quantization", &self.quantization),
                ("context", &self.context.to_string()),
            ],
        )
    }
}
