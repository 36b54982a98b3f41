//! What the crate's Cargo.toml says of lints: `[package.metadata.reactbin.lints]`, above what the
//! workspace's says under `[workspace.metadata.reactbin.lints]`.
//!
//! Must not know any lint.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;
use std::{env, fs};

use reactbin_check::lints::level::{Refusal, no_level};
use reactbin_check::wire::line_and_column;
use reactbin_check::{Level, Levels};
use toml_span::Value;

/// The levels of a crate.
#[derive(Debug)]
pub(crate) struct Config {
    pub(crate) levels: Levels,
    /// Of these only what is an error: a macro can't warn, and the build script runs them all.
    pub(crate) errors: Levels,
    /// The levels of the team's own lints, `team::lint`, of which only the application knows whether
    /// there are such.
    pub(crate) own: BTreeMap<String, OwnLevel>,
    /// What is wrong with the settings, each with its place and with what to write instead.
    pub(crate) problems: Vec<(String, Option<String>)>,
    /// The files behind it.
    pub(crate) files: Vec<PathBuf>,
}

/// The level of a lint of the team, and where it stands.
#[derive(Debug)]
pub(crate) struct OwnLevel {
    pub(crate) level: Level,
    /// The file as rustc names it, and where to read it.
    pub(crate) file: String,
    pub(crate) path: PathBuf,
    /// From 1.
    pub(crate) line: usize,
    pub(crate) column: usize,
}

impl Default for Config {
    fn default() -> Config {
        let levels = Levels::default();
        let errors = levels.errors();
        let (own, problems, files) = (BTreeMap::new(), Vec::new(), Vec::new());
        Config { levels, errors, own, problems, files }
    }
}

/// The configurations that were read, by the folder of the crate.
type Cache = BTreeMap<PathBuf, (Vec<Read>, Arc<Config>)>;

/// A file as it was when it was read.
type Read = (PathBuf, Option<SystemTime>);

/// The configuration of the crate that is compiled.
///
/// Read once for a crate: rust-analyzer expands many of them in one process, for as long as it runs.
pub(crate) fn config() -> Arc<Config> {
    static CACHE: Mutex<Cache> = Mutex::new(BTreeMap::new());
    let Some(dir) = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from) else {
        return Arc::default();
    };
    let mut cache = CACHE.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((read, config)) = cache.get(&dir)
        && read.iter().all(|(path, time)| modified(path) == *time)
    {
        return config.clone();
    }
    let config = Arc::new(read(&dir));
    let files = config.files.iter().map(|path| (path.clone(), modified(path))).collect();
    cache.insert(dir, (files, config.clone()));
    config
}

/// A file of TOML, or why it is none.
type Parsed<'t> = Result<Value<'t>, toml_span::Error>;

fn modified(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|metadata| metadata.modified()).ok()
}

fn read(dir: &Path) -> Config {
    let mut config = Config::default();
    let own = dir.join("Cargo.toml");
    let Ok(text) = fs::read_to_string(&own) else { return config };
    let root = toml_span::parse(&text);
    let workspace = root.as_ref().ok().and_then(|root| workspace_of(dir, root, &text));
    // As rustc names files: from the root of the workspace.
    let base = workspace.as_ref().and_then(|(path, _)| path.parent()).unwrap_or(dir).to_owned();
    match &workspace {
        // The package is its own workspace, and has been read.
        Some((path, _)) if *path == own => {
            config.add(path, &text, &root, "/workspace/metadata/reactbin/lints", &base);
        }
        Some((path, text)) => {
            let root = toml_span::parse(text);
            config.add(path, text, &root, "/workspace/metadata/reactbin/lints", &base);
        }
        None => {}
    }
    config.add(&own, &text, &root, "/package/metadata/reactbin/lints", &base);
    config.errors = config.levels.errors();
    config
}

impl Config {
    /// Adds the settings in a table of a file.
    fn add(&mut self, path: &Path, text: &str, root: &Parsed<'_>, table: &str, base: &Path) {
        if !self.files.iter().any(|file| file == path) {
            self.files.push(path.to_owned());
        }
        let shown = path.strip_prefix(base).unwrap_or(path).display();
        let root = match root {
            Ok(root) => root,
            Err(error) => {
                let (line, column) = error.line_info.map_or((0, 0), |(l, c)| (l + 1, c + 1));
                let problem =
                    format!("{shown}:{line}:{column}: can't read the lints in it: {error}");
                self.problems.push((problem, None));
                return;
            }
        };
        let (section, _) = table.rsplit_once('/').unwrap_or_default();
        let Some(settings) = root.pointer(section) else { return };
        // What is wrong, with its place in the text and what to write instead.
        let mut wrong: Vec<(usize, String, String)> = Vec::new();
        for (key, _) in settings.as_table().into_iter().flatten() {
            if key.name != "lints" {
                let message = format!("`reactbin` has no setting `{}`", key.name);
                wrong.push((
                    key.span.start,
                    message,
                    "the only one is the table `lints`".to_owned(),
                ));
            }
        }
        let mut settings: Vec<(&str, Level, usize)> = Vec::new();
        let lints = root.pointer(table);
        if let Some(lints) = lints.filter(|lints| lints.as_table().is_none()) {
            let help = "write a line `lint = \"deny\"` for each".to_owned();
            wrong.push((lints.span.start, "`lints` is a table".to_owned(), help));
        }
        for (name, value) in lints.and_then(|lints| lints.as_table()).into_iter().flatten() {
            // `"deny"`, or `{ level = "deny" }` as cargo's own lints have it.
            let said = value.as_str().or_else(|| value.pointer("/level")?.as_str());
            match said.and_then(Level::parse) {
                Some(level) if name.name.contains("::") => {
                    let (line, column) = line_and_column(text, name.span.start);
                    let (file, path) = (shown.to_string(), path.to_owned());
                    let own = OwnLevel { level, file, path, line, column };
                    self.own.insert(name.name.clone().into_owned(), own);
                }
                Some(level) => settings.push((&name.name, level, name.span.start)),
                None => {
                    let Refusal { message, help } = no_level(&name.name, said);
                    wrong.push((value.span.start, message, help));
                }
            }
        }
        let pairs = settings.iter().map(|(name, level, _)| (*name, *level));
        for (index, refusal) in self.levels.set_all(pairs) {
            let start = settings.get(index).map_or(0, |(_, _, start)| *start);
            wrong.push((start, refusal.message, refusal.help));
        }
        wrong.sort_by_key(|(start, ..)| *start);
        for (start, message, help) in wrong {
            let (line, column) = line_and_column(text, start);
            self.problems.push((format!("{shown}:{line}:{column}: {message}"), Some(help)));
        }
    }
}

/// The Cargo.toml of the workspace that a package is a member of, as cargo finds it.
fn workspace_of(dir: &Path, own: &Value<'_>, text: &str) -> Option<(PathBuf, String)> {
    if own.pointer("/workspace").is_some() {
        return Some((dir.join("Cargo.toml"), text.to_owned()));
    }
    if let Some(root) = own.pointer("/package/workspace").and_then(|root| root.as_str()) {
        let path = dir.join(root).join("Cargo.toml");
        let text = fs::read_to_string(&path).ok()?;
        return Some((path, text));
    }
    for above in dir.ancestors().skip(1) {
        let path = above.join("Cargo.toml");
        let Ok(text) = fs::read_to_string(&path) else { continue };
        let Ok(root) = toml_span::parse(&text) else { return None };
        let Some(workspace) = root.pointer("/workspace") else { continue };
        let excluded = workspace.pointer("/exclude").and_then(|list| list.as_array());
        let inside = dir.strip_prefix(above).unwrap_or(dir);
        let is_excluded = excluded.is_some_and(|list| {
            list.iter().filter_map(|path| path.as_str()).any(|path| inside.starts_with(path))
        });
        return if is_excluded { None } else { Some((path, text)) };
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scratch(name: &str, files: &[(&str, &str)]) -> PathBuf {
        let dir = env::temp_dir().join(format!("reactbin-config-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&dir);
        for (path, text) in files {
            let path = dir.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        dir
    }

    const WORKSPACE: &str = "[workspace]\nmembers = [\"a\"]\nexclude = [\"b\"]\n\
        [workspace.metadata.reactbin.lints]\nrun_as_root = \"forbid\"\nunknown_verb = \"deny\"\n";

    #[test]
    fn a_package_counts_before_its_workspace() {
        let package = "[package]\nname = \"a\"\n[package.metadata.reactbin.lints]\n\
            unknown_verb = \"allow\"\n\"shop::no_owner\" = { level = \"warn\" }\n";
        let dir = scratch("levels", &[("Cargo.toml", WORKSPACE), ("a/Cargo.toml", package)]);
        let config = read(&dir.join("a"));
        assert_eq!(config.problems, []);
        assert_eq!(config.levels.get("run_as_root"), Level::Forbid);
        assert_eq!(config.levels.get("unknown_verb"), Level::Allow);
        let own = &config.own["shop::no_owner"];
        assert_eq!((own.level, own.file.as_str()), (Level::Warn, "a/Cargo.toml"));
        assert_eq!((own.line, own.column), (5, 2));
        assert_eq!(config.files, [dir.join("Cargo.toml"), dir.join("a/Cargo.toml")]);
        fs::remove_dir_all(dir).unwrap();
    }

    #[test]
    fn what_is_wrong_has_a_place_and_a_help() {
        let package = "[package]\nname = \"a\"\n[package.metadata.reactbin.lints]\n\
            run_as_rot = \"deny\"\nrun_as_root = \"warn\"\nunknown_verb = \"error\"\n";
        let dir = scratch("wrong", &[("Cargo.toml", WORKSPACE), ("a/Cargo.toml", package)]);
        let config = read(&dir.join("a"));
        let texts: Vec<String> = config
            .problems
            .iter()
            .map(|(problem, help)| format!("{problem} -> {}", help.as_deref().unwrap_or("")))
            .collect();
        assert_eq!(
            texts,
            [
                "a/Cargo.toml:4:1: there is no lint `run_as_rot` -> use `run_as_root`",
                "a/Cargo.toml:5:1: `run_as_root` is forbidden, and can't be set to `warn` -> \
                 remove this line, or `forbid` where it stands",
                "a/Cargo.toml:6:17: there is no level `error` -> \
                 write `\"allow\"`, `\"warn\"`, `\"deny\"` or `\"forbid\"`",
            ]
        );
        let config = read(&scratch("broken", &[("Cargo.toml", "[package\n")]));
        assert!(config.problems[0].0.starts_with("Cargo.toml:1:9: "), "{:?}", config.problems);
        fs::remove_dir_all(dir).unwrap();
    }

    #[test]
    fn an_excluded_package_is_no_member() {
        let package = "[package]\nname = \"b\"\n";
        let dir = scratch("excluded", &[("Cargo.toml", WORKSPACE), ("b/Cargo.toml", package)]);
        assert_eq!(read(&dir.join("b")).levels, Levels::default());
        fs::remove_dir_all(dir).unwrap();
    }
}
