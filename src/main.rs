//! The program of the Open LLM Catalog.

/// Answers are made of many small pieces that live for a moment; this gives and takes them faster than the system does.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    open_llm_catalog::cli::main()
}
