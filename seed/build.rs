//! Compiles the crate again when a file is added to `data` or removed: the compiler itself notices only changed files.

fn main() {
    println!("cargo::rerun-if-changed=data");
}
