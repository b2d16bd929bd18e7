//! The program of the Open LLM Catalog.

/// Responses are built from many short-lived allocations, which mimalloc handles faster than the system allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    open_llm_catalog::cli::main()
}
