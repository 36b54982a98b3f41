//! How much each lint weighs: what it is by default, and what an application says.
//!
//! Must not know where levels are written.

use std::sync::OnceLock;

use super::{Family, Known, across, all, index_of};
use crate::finding::Severity;
use crate::suggest::suggest;

/// How much a lint weighs, in Rust's own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// It isn't reported.
    Allow,
    /// It is a warning.
    Warn,
    /// It is an error, unless it is waived.
    Deny,
    /// It is an error that nothing waives.
    Forbid,
}

impl Level {
    /// All levels, the lowest first.
    pub const ALL: [Level; 4] = [Level::Allow, Level::Warn, Level::Deny, Level::Forbid];

    /// The word for it: `deny`.
    pub const fn name(self) -> &'static str {
        match self {
            Level::Allow => "allow",
            Level::Warn => "warn",
            Level::Deny => "deny",
            Level::Forbid => "forbid",
        }
    }

    /// What a finding of this level means for the object.
    pub const fn severity(self) -> Severity {
        match self {
            Level::Allow | Level::Warn => Severity::Warning,
            Level::Deny | Level::Forbid => Severity::Error,
        }
    }

    /// The level of this name.
    pub fn parse(name: &str) -> Option<Level> {
        Level::ALL.into_iter().find(|level| level.name() == name)
    }

    /// What a lint weighs that is of this level in general, where its author gives it these levels
    /// around a finding, the innermost first. The nearest counts; what is forbidden stays so.
    pub fn within(self, around: impl Iterator<Item = Level>) -> Level {
        let mut nearest = None;
        for level in around.chain([self]) {
            if level == Level::Forbid {
                return level;
            }
            nearest.get_or_insert(level);
        }
        nearest.unwrap_or(self)
    }
}

/// The level of every lint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Levels {
    /// By the place of the lint in [`all`].
    levels: Vec<Level>,
    /// The lints whose level somebody has set, by the same place.
    chosen: Vec<usize>,
    /// The lints that something further down speaks of, by the same place.
    woken: Vec<usize>,
}

impl Default for Levels {
    fn default() -> Levels {
        let levels = all().iter().map(|lint| lint.level).collect();
        Levels { levels, chosen: Vec::new(), woken: Vec::new() }
    }
}

/// Why a level can't be set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub help: String,
}

/// What one may call the Pod Security Standards, which are no lints.
const POD_SECURITY: [&str; 3] = ["pss", "pod_security", "pod_security_standard"];

/// What to do where a Pod Security Standard is in the way.
pub const NO_WAIVER_OF_A_STANDARD: &str = "change `pod_security` of the namespace or of `app!`, \
    or `--policy` of `check`; the cluster enforces the standard, and wouldn't know of a waiver";

/// The name that stands for all lints.
pub const EVERY_LINT: &str = "all";

/// The name that stands for the lints that kube-linter has on by default.
pub const KUBE_LINTER: &str = "kube_linter";

impl Levels {
    /// Every lint at one level.
    pub fn of_all(level: Level) -> Levels {
        Levels { levels: vec![level; all().len()], chosen: Vec::new(), woken: Vec::new() }
    }

    /// Every lint at its default level.
    pub fn defaults() -> &'static Levels {
        static DEFAULTS: OnceLock<Levels> = OnceLock::new();
        DEFAULTS.get_or_init(Levels::default)
    }

    /// No lint at all.
    pub fn none() -> &'static Levels {
        static NONE: OnceLock<Levels> = OnceLock::new();
        NONE.get_or_init(|| Levels::of_all(Level::Allow))
    }

    /// The level of the lint at this place in [`all`].
    pub(crate) fn at(&self, index: usize) -> Level {
        self.levels.get(index).copied().unwrap_or(Level::Allow)
    }

    /// The level of a lint; `allow` for what is no lint.
    pub fn get(&self, id: &str) -> Level {
        index_of(id).map_or(Level::Allow, |index| self.at(index))
    }

    /// Whether any lint that looks across objects is to be run.
    pub fn any_across(&self) -> bool {
        across::any(self)
    }

    /// Gives a lint, or all of a group, another level. What is forbidden stays so: a group leaves it
    /// as it is.
    ///
    /// # Errors
    /// If there is no lint or group of this name, or the lint is forbidden already.
    pub fn set(&mut self, name: &str, level: Level) -> Result<(), Refusal> {
        if let Some(index) = index_of(name) {
            if self.levels[index] == Level::Forbid && level != Level::Forbid {
                return Err(Refusal {
                    message: format!(
                        "`{name}` is forbidden, and can't be set to `{}`",
                        level.name()
                    ),
                    help: "remove this line, or `forbid` where it stands".to_owned(),
                });
            }
            self.choose(index, level);
            return Ok(());
        }
        let Some(of_group) = group(name) else { return Err(no_lint(name)) };
        for (index, known) in all().iter().enumerate() {
            if of_group(known) && self.levels[index] != Level::Forbid {
                self.choose(index, level);
            }
        }
        Ok(())
    }

    fn choose(&mut self, index: usize, level: Level) {
        self.levels[index] = level;
        if !self.chosen.contains(&index) {
            self.chosen.push(index);
        }
    }

    /// Sets what a table of names and levels says: groups first, whatever the order, so that a lint's
    /// own line counts.
    ///
    /// Returns what can't be set, by the place in the table.
    pub fn set_all<'a>(
        &mut self,
        settings: impl Iterator<Item = (&'a str, Level)> + Clone,
    ) -> Vec<(usize, Refusal)> {
        let rank = |name: &str| match name {
            EVERY_LINT => 0,
            _ if group(name).is_some() => 1,
            _ => 2,
        };
        let mut refused = Vec::new();
        for wanted in 0..=2 {
            for (index, (name, level)) in settings.clone().enumerate() {
                if rank(name) == wanted
                    && let Err(refusal) = self.set(name, level)
                {
                    refused.push((index, refusal));
                }
            }
        }
        refused.sort_by_key(|(index, _)| *index);
        refused
    }

    /// Runs a lint where it is allowed too, and over what other lints deny: something further down
    /// raises or waives it.
    pub fn wake(&mut self, id: &str) {
        if let Some(index) = index_of(id) {
            self.levels[index] = self.levels[index].max(Level::Warn);
            self.woken.push(index);
        }
    }

    /// Whether the lint at this place in [`all`] has to say all that it finds, since it is denied or
    /// something further down speaks of it; one that only warns says nothing of what is denied.
    pub(crate) fn says_all(&self, index: usize) -> bool {
        self.at(index) >= Level::Deny || self.is_woken(index)
    }

    /// Whether there is such a lint.
    pub(crate) fn any_says_all(&self) -> bool {
        !self.woken.is_empty() || self.levels.iter().any(|level| *level >= Level::Deny)
    }

    /// Whether something further down speaks of the lint at this place in [`all`].
    pub(crate) fn is_woken(&self, index: usize) -> bool {
        self.woken.contains(&index)
    }

    /// Doesn't report a lint that isn't an error.
    pub fn quiet(&mut self, id: &str) {
        if let Some(index) = index_of(id)
            && self.levels[index] == Level::Warn
        {
            self.levels[index] = Level::Allow;
        }
    }

    /// The same without what only warns.
    pub fn errors(&self) -> Levels {
        let levels = self.levels.iter();
        let without = |level: &Level| if *level == Level::Warn { Level::Allow } else { *level };
        let levels = levels.map(without).collect();
        Levels { levels, chosen: self.chosen.clone(), woken: self.woken.clone() }
    }

    /// The lints whose level somebody has set, be it to what it is by default, by name.
    pub fn chosen(&self) -> impl Iterator<Item = (&'static str, Level)> + '_ {
        self.chosen.iter().filter_map(|index| Some((all().get(*index)?.rule.id, self.at(*index))))
    }
}

/// Whether a lint belongs to a group.
type Belongs = Box<dyn Fn(&Known) -> bool>;

/// Which lints belong to the group of this name.
fn group(name: &str) -> Option<Belongs> {
    match name {
        EVERY_LINT => Some(Box::new(|_| true)),
        KUBE_LINTER => Some(Box::new(|known| known.kube_linter.iter().any(|check| check.default))),
        _ => {
            let family = Family::ALL.into_iter().find(|family| family.name() == name)?;
            Some(Box::new(move |known| known.family == family))
        }
    }
}

/// The lints of the group of this name.
pub fn members(name: &str) -> Option<Vec<&'static str>> {
    let of_group = group(name)?;
    Some(all().iter().filter(|known| of_group(known)).map(|known| known.rule.id).collect())
}

/// The names of all groups.
pub fn groups() -> impl Iterator<Item = &'static str> {
    [EVERY_LINT, KUBE_LINTER].into_iter().chain(Family::ALL.into_iter().map(Family::name))
}

/// The lint or group that a name which is none most likely stands for: one that is spelt like it, or
/// the one that kube-linter calls so.
pub fn meant(name: &str) -> Option<&'static str> {
    let theirs = |known: &&Known| known.kube_linter.iter().any(|check| check.name == name);
    let lint = all().iter().find(theirs).map(|known| known.rule.id);
    lint.or_else(|| suggest(name, all().iter().map(|known| known.rule.id).chain(groups())))
}

/// What to say of what a file gives to a lint and is no level; `None` for what isn't text.
pub fn no_level(lint: &str, said: Option<&str>) -> Refusal {
    let message = match said {
        Some(said) => format!("there is no level `{said}`"),
        None => format!("the level of `{lint}` is a text"),
    };
    let help = match said.and_then(|said| suggest(said, Level::ALL.map(Level::name))) {
        Some(meant) => format!("use `{meant}`"),
        None => "write `\"allow\"`, `\"warn\"`, `\"deny\"` or `\"forbid\"`".to_owned(),
    };
    Refusal { message, help }
}

/// What to say of a name that is no lint's.
pub fn no_lint(name: &str) -> Refusal {
    if name.starts_with("pss/") || suggest(name, POD_SECURITY).is_some() {
        return Refusal {
            message: format!(
                "`{name}` is no lint: a Pod Security Standard has no level, and can't be waived"
            ),
            help: NO_WAIVER_OF_A_STANDARD.to_owned(),
        };
    }
    let help = match meant(name) {
        _ if crate::rules::find(name).is_some() => {
            "remove it: this is a rule of the API server, which always holds".to_owned()
        }
        Some(meant) => format!("use `{meant}`"),
        None => "`cargo run -- explain` lists the lints".to_owned(),
    };
    Refusal { message: format!("there is no lint `{name}`"), help }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lint_counts_before_its_group_and_a_group_before_all() {
        let mut levels = Levels::default();
        let settings =
            [("run_as_root", Level::Warn), ("security", Level::Forbid), ("all", Level::Allow)];
        // The family forbids it, so that its own line is refused.
        let refused = levels.set_all(settings.into_iter());
        assert_eq!(refused.len(), 1);
        assert_eq!(refused[0].0, 0);
        assert_eq!(levels.get("run_as_root"), Level::Forbid);
        assert_eq!(levels.get("unknown_verb"), Level::Allow);
        let settings = [("unknown_verb", Level::Deny), ("all", Level::Warn)];
        assert!(levels.set_all(settings.into_iter()).is_empty());
        assert_eq!(levels.get("unknown_verb"), Level::Deny);
        assert_eq!(levels.get("run_as_root"), Level::Forbid);
    }

    #[test]
    fn a_name_that_is_no_lint_is_refused_with_a_suggestion() {
        let refusal = Levels::default().set("run_as_rot", Level::Warn).unwrap_err();
        assert_eq!(refusal.help, "use `run_as_root`");
        let refusal = Levels::default().set("unknown_field", Level::Warn).unwrap_err();
        assert!(refusal.help.contains("a rule of the API server"), "{}", refusal.help);
    }

    #[test]
    fn the_nearest_level_counts_unless_one_forbids() {
        use Level::{Allow, Deny, Forbid, Warn};
        assert_eq!(Deny.within([].into_iter()), Deny);
        assert_eq!(Deny.within([Allow, Warn].into_iter()), Allow);
        assert_eq!(Warn.within([Allow, Forbid].into_iter()), Forbid);
        assert_eq!(Forbid.within([Allow].into_iter()), Forbid);
    }

    #[test]
    fn levels_are_named_as_in_rust() {
        for level in Level::ALL {
            assert_eq!(Level::parse(level.name()), Some(level));
        }
        assert_eq!(Level::parse("error"), None);
        assert_eq!(no_level("run_as_root", Some("Denny")).help, "use `deny`");
        assert!(no_level("run_as_root", Some("error")).help.contains("`\"deny\"`"));
    }
}
