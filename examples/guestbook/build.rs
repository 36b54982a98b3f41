fn main() -> std::process::ExitCode {
    reactbin_dsl::build(guestbook_manifests::app(), "k8s")
}
