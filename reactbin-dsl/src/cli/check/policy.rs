//! What `--policy` and its like ask for: the levels of lints.
//!
//! Must not know files of manifests, nor what a lint looks at.

use std::fs;
use std::path::Path;

use clap::{Arg, ArgAction, ArgMatches};
use reactbin_check::lints::level::{KUBE_LINTER, Refusal, no_level};
use reactbin_check::lints::{self, across};
use reactbin_check::pod_security::{Standard, Version};
use reactbin_check::suggest::suggest;
use reactbin_check::{Level, Levels, Severity};
use toml_span::Span;

use crate::cli::toml::File;

/// The policies that have a name, and what each is.
const NAMED: &[(&str, &str)] = &[
    (
        "default",
        "this application's levels and its own lints, but for the lints across objects, which keep \
         something of every document",
    ),
    ("across", "the same with those"),
    ("none", "the API server's rules alone"),
    ("all", "every lint, and the standard `restricted`"),
    ("kube-linter", "the checks that kube-linter has on by default"),
    ("baseline", "that Pod Security Standard"),
    ("restricted", "that one"),
];

/// How much each lint weighs in a run.
#[derive(Debug)]
pub(super) struct Policy {
    pub(super) levels: Levels,
    /// The Pod Security Standard, and how much what breaks it weighs.
    pub(super) standard: Option<(Standard, Version, Severity)>,
    /// Whether the lints of the application itself run.
    pub(super) own: bool,
    /// What the arguments say of those.
    pub(super) own_levels: Vec<(String, Level)>,
    /// Whether warnings are errors.
    pub(super) deny_warnings: bool,
}

/// The arguments.
pub(super) fn arguments() -> [Arg; 4] {
    let named: Vec<String> = NAMED.iter().map(|(name, what)| format!("`{name}`: {what}")).collect();
    let level = |name: &'static str, short, help: &'static str| {
        Arg::new(name)
            .long(name)
            .short(short)
            .value_name("LINT")
            .action(ArgAction::Append)
            .help(help)
            .help_heading("Lints")
    };
    [
        Arg::new("policy")
            .long("policy")
            .value_name("POLICY")
            .action(ArgAction::Append)
            .value_delimiter(',')
            .default_value("default")
            .help_heading("Lints")
            .help(format!(
                "What to check beyond the API server's rules; several add up. {}; or a TOML FILE with \
                 a `lint = \"level\"` line for each under `[lints]`, or a Cargo.toml",
                named.join(", ")
            )),
        level("allow", 'A', "Don't report a lint, or a group of lints"),
        level("warn", 'W', "Report it as a warning"),
        level("deny", 'D', "Report it as an error; `warnings` stands for all that are warnings"),
    ]
}

impl Policy {
    /// What the arguments say; `own` are the levels of the application, `own_lints` its team's lints.
    ///
    /// # Errors
    /// Everything that is wrong with them.
    pub(super) fn read(
        check: &ArgMatches,
        own: &[(&str, Level)],
        own_lints: &[&str],
    ) -> Result<Policy, Vec<String>> {
        let mut policy = Policy {
            levels: Levels::none().clone(),
            standard: None,
            own: false,
            own_levels: Vec::new(),
            deny_warnings: false,
        };
        let mut errors = Vec::new();
        for name in check.get_many::<String>("policy").into_iter().flatten() {
            if let Err(error) = policy.add(name, own) {
                errors.extend(error);
            }
        }
        let mut settings: Vec<(usize, &String, Level)> = Vec::new();
        for level in [Level::Allow, Level::Warn, Level::Deny] {
            let name = level.name();
            let places = check.indices_of(name).into_iter().flatten();
            let names = check.get_many::<String>(name).into_iter().flatten();
            settings.extend(places.zip(names).map(|(place, name)| (place, name, level)));
        }
        // The last counts, as with rustc.
        settings.sort_by_key(|(place, _, _)| *place);
        for (_, name, level) in settings {
            if name == "warnings" && level != Level::Allow {
                policy.deny_warnings = level == Level::Deny;
                continue;
            }
            if own_lints.contains(&name.as_str()) {
                policy.own_levels.push((name.clone(), level));
            } else if let Err(refusal) = policy.levels.set(name, level) {
                errors.push(format!("{}; {}", refusal.message, refusal.help));
            }
        }
        if errors.is_empty() { Ok(policy) } else { Err(errors) }
    }

    /// Adds a policy to what is wanted so far.
    fn add(&mut self, name: &str, own: &[(&str, Level)]) -> Result<(), Vec<String>> {
        let (base, version) = name.split_once('@').unwrap_or((name, ""));
        if let Some(standard) = Standard::parse(base) {
            let version = match version {
                "" => Version::default(),
                version => Version::parse(version)
                    .ok_or_else(|| vec![format!("`{name}`: the versions are 1.36 and 1.37")])?,
            };
            self.keep(standard, version, Severity::Error);
            return Ok(());
        }
        match name {
            "none" => {}
            "default" | "across" => {
                self.own = true;
                let mut levels = softened(own);
                if name == "default" {
                    across::ids().for_each(|id| levels.quiet(id));
                }
                self.raise(&levels);
            }
            "all" => {
                self.own = true;
                self.raise(&Levels::of_all(Level::Warn));
                self.keep(Standard::Restricted, Version::default(), Severity::Warning);
            }
            "kube-linter" => {
                let mut levels = Levels::none().clone();
                levels.set(KUBE_LINTER, Level::Warn).map_err(|refusal| vec![refusal.message])?;
                self.raise(&levels);
            }
            _ if Path::new(name).is_file() => {
                self.own = true;
                let (levels, standard) = of_file(name)?;
                self.raise(&levels);
                if let Some(standard) = standard {
                    self.keep(standard, Version::default(), Severity::Error);
                }
            }
            _ => {
                let mut error = format!("`{name}` is neither a policy nor a file");
                if let Some(meant) = suggest(name, NAMED.iter().map(|(name, _)| *name)) {
                    error.push_str(&format!("; did you mean `{meant}`?"));
                }
                return Err(vec![error]);
            }
        }
        Ok(())
    }

    /// Of two standards the stricter, as an error if one is to be.
    fn keep(&mut self, standard: Standard, version: Version, severity: Severity) {
        self.standard = Some(match self.standard {
            None => (standard, version, severity),
            Some((other, its, weight)) => {
                (standard.max(other), version.max(its), severity.max(weight))
            }
        });
    }

    fn raise(&mut self, levels: &Levels) {
        for known in lints::all() {
            let id = known.rule.id;
            let level = levels.get(id).max(self.levels.get(id));
            // Only what is forbidden can't be set, and that isn't lowered here.
            let _ = self.levels.set(id, level);
        }
    }
}

/// The levels that are written, in the order in which they count. Those that nobody has chosen refuse
/// nothing: YAML can't say why it is right.
fn softened(written: &[(&str, Level)]) -> Levels {
    let mut levels = Levels::default();
    for known in lints::all().iter().filter(|known| known.level == Level::Deny) {
        let _ = levels.set(known.rule.id, Level::Warn);
    }
    for (name, level) in written {
        // The macro has refused what can't be set.
        let _ = levels.set(name, *level);
    }
    levels
}

/// The tables in which levels stand, in the order in which they count.
const TABLES: &[&str] =
    &["/workspace/metadata/reactbin/lints", "/package/metadata/reactbin/lints", "/lints"];

/// Levels, and a Pod Security Standard.
fn of_file(path: &str) -> Result<(Levels, Option<Standard>), Vec<String>> {
    let text =
        fs::read_to_string(path).map_err(|error| vec![format!("can't read `{path}`: {error}")])?;
    let file = File::parse(Path::new(path), &text).map_err(|error| vec![error])?;
    let root = &file.root;
    let mut levels = softened(&[]);
    // What is wrong, with its place in the text.
    let mut wrong: Vec<(Span, String)> = Vec::new();
    let mut found = false;
    // The `[lints]` of a Cargo.toml are cargo's.
    let is_cargos = root.pointer("/package").is_some() || root.pointer("/workspace").is_some();
    let tables = TABLES.iter().filter(|table| !(is_cargos && **table == "/lints"));
    for table in tables.filter_map(|table| root.pointer(table)) {
        found = true;
        let Some(settings) = table.as_table() else {
            wrong.push((table.span, "`lints` isn't a table".to_owned()));
            continue;
        };
        let mut pairs: Vec<(&str, Level)> = Vec::new();
        let mut spans = Vec::new();
        for (key, value) in settings {
            let name = key.name.as_ref();
            let text = value.as_str().or_else(|| value.pointer("/level")?.as_str());
            match text.and_then(Level::parse) {
                // Those of the application have their own level.
                Some(_) if name.contains("::") => {}
                Some(level) => {
                    pairs.push((name, level));
                    spans.push(key.span);
                }
                None => {
                    let Refusal { message, help } = no_level(name, text);
                    wrong.push((value.span, format!("{message}; {help}")));
                }
            }
        }
        for (index, refusal) in levels.set_all(pairs.into_iter()) {
            let span = spans.get(index).copied().unwrap_or(table.span);
            wrong.push((span, format!("{}; {}", refusal.message, refusal.help)));
        }
    }
    let mut standard = None;
    if let Some(value) = root.pointer("/pod_security") {
        standard = value.as_str().and_then(Standard::parse);
        if standard.is_none() {
            let message = "`pod_security` is `\"baseline\"` or `\"restricted\"`".to_owned();
            wrong.push((value.span, message));
        } else {
            found = true;
        }
    }
    wrong.sort_by_key(|(span, _)| span.start);
    let place = |(span, message)| format!("{}: {message}", file.place(span));
    let mut errors: Vec<String> = wrong.into_iter().map(place).collect();
    if !found && errors.is_empty() {
        errors.push(format!("`{path}` has neither a table `[lints]` nor `pod_security`"));
    }
    if errors.is_empty() { Ok((levels, standard)) } else { Err(errors) }
}
