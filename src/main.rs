//! The program of the Open LLM Catalog.

fn main() -> std::process::ExitCode {
    open_llm_catalog::cli::main()
}
