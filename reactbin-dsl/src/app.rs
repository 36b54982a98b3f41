//! An application: every object that a crate declares, complete and checked.

use std::fmt;
use std::path::{Path, PathBuf};

use k8s_openapi::Resource;
use reactbin_read::schema::Schemas;
use serde::Serialize;

use crate::assemble::{Assembler, Object, Values};
use crate::declaration::{
    DECLARATIONS, Declaration, PARAMETERS, Parameter, PodSecurity, Reference,
};
use crate::lint::{Level, Lint};
use crate::policy::Policy;
use crate::report::Diagnostic;
use crate::{validate, yaml};

/// An application, as `app!` declares it.
#[derive(Debug)]
pub struct App {
    parts: AppParts,
    schemas: Schemas,
}

/// What `app!` says.
#[derive(Debug)]
pub struct AppParts {
    /// The application's name.
    pub name: &'static str,
    /// The namespace of every object that says none.
    pub namespace: AppNamespace,
    /// The module of `app!`: the root of what k8s/ mirrors.
    pub module: &'static str,
    /// The folder of the crate's Cargo.toml.
    pub manifest_dir: &'static str,
    /// The source file of `app!`, as rustc names it.
    pub source: &'static str,
    /// The texts of the crate's own CustomResourceDefinitions.
    pub definitions: &'static [&'static str],
    /// Objects that plain Rust built.
    pub objects: Vec<Vec<PlainObject>>,
    /// The lints of the team.
    pub lints: Vec<Lint>,
    /// The lints whose level Cargo.toml changes.
    pub levels: &'static [(&'static str, Level)],
    /// What Cargo.toml says of the lints of the team.
    pub own_levels: &'static [OwnLevel],
    /// The Pod Security Standards of namespaces that don't say their own.
    pub pod_security: Option<PodSecurity>,
}

/// A line of Cargo.toml about a lint of the team.
#[derive(Debug)]
pub struct OwnLevel {
    /// The lint.
    pub name: &'static str,
    /// Its level.
    pub level: Level,
    /// The file, as rustc names those of the workspace.
    pub file: &'static str,
    /// Where to read it.
    pub path: &'static str,
    /// The line, from 1.
    pub line: u32,
    /// The column of the name, from 1.
    pub column: u32,
}

/// The namespace of an application.
#[derive(Debug)]
pub enum AppNamespace {
    /// None: every namespaced object says its own.
    None,
    /// One that is declared.
    Declared(Reference),
    /// One that exists already.
    External(&'static str),
}

/// An object that plain Rust built from k8s-openapi's types. It gets the same checks.
#[derive(Clone, Debug)]
pub struct PlainObject {
    value: serde_yaml::Value,
    file: Option<String>,
}

impl PlainObject {
    /// An object of a k8s-openapi type.
    pub fn new<T: Resource + Serialize>(object: &T) -> PlainObject {
        // Serialising one of k8s-openapi's types into memory can't fail; if it did, the checks
        // would refuse the empty value.
        PlainObject { value: serde_yaml::to_value(object).unwrap_or_default(), file: None }
    }

    /// The file that it is written to, below the output directory. Without one it goes to
    /// `<kind>.yaml`.
    pub fn in_file(mut self, file: impl Into<String>) -> PlainObject {
        self.file = Some(file.into());
        self
    }
}

impl<T: Resource + Serialize> From<T> for PlainObject {
    fn from(object: T) -> PlainObject {
        PlainObject::new(&object)
    }
}

/// What an entry of `objects` in `app!` may be: anything that gives plain objects.
pub fn objects(objects: impl IntoIterator<Item = impl Into<PlainObject>>) -> Vec<PlainObject> {
    objects.into_iter().map(Into::into).collect()
}

/// Makes an application of what `app!` says.
pub fn app(parts: AppParts) -> App {
    let mut schemas = Schemas::default();
    for text in parts.definitions {
        // What can't be understood is an error of `app!` already.
        let _ = schemas.add_text(text);
    }
    App { parts, schemas }
}

/// A file of the output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// The path below the output directory, with `/`.
    pub path: String,
    /// The module that the first object of the file is declared in.
    pub module: String,
    /// The YAML, without any header.
    pub text: String,
}

/// An object and the file that it goes to.
#[derive(Debug)]
pub struct Placed {
    /// The object.
    pub object: Object,
    /// The path below the output directory, with `/`.
    pub path: String,
}

/// Everything that is wrong with an application.
#[derive(Debug)]
pub struct Refused {
    /// What is wrong, in the order of the source.
    pub diagnostics: Vec<Diagnostic>,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} errors in the manifests", self.diagnostics.len())
    }
}

impl std::error::Error for Refused {}

impl App {
    /// The application's name.
    pub fn name(&self) -> &'static str {
        self.parts.name
    }

    /// The crate that declares it.
    pub fn crate_name(&self) -> &'static str {
        crate_of(self.parts.module)
    }

    /// Every parameter of the application's crate, by name.
    pub fn parameters(&self) -> Vec<&'static Parameter> {
        let mut parameters: Vec<&Parameter> =
            PARAMETERS.iter().copied().filter(|p| self.owns(p.module)).collect();
        parameters.sort_by_key(|parameter| (parameter.name, parameter.source, parameter.line));
        parameters
    }

    /// Every object, in the order of the files, with these values for parameters; not checked.
    pub fn objects(&self, values: &Values) -> Vec<Placed> {
        let mut assembler = Assembler::new(values);
        let namespace = match &self.parts.namespace {
            AppNamespace::None => None,
            AppNamespace::External(name) => Some((*name).to_owned()),
            AppNamespace::Declared(reference) => assembler.name_of(reference),
        };
        assembler.namespace.clone_from(&namespace);
        let mut placed = Vec::new();
        for declaration in DECLARATIONS.iter().filter(|declaration| self.owns(declaration.module)) {
            // An object that can't be put together is still there, for the checks to refuse.
            let object =
                assembler.assemble(declaration).unwrap_or_else(|| Object::new(Some(declaration)));
            let path = self.path_of(declaration, &object);
            placed.push(Placed { object, path });
        }
        for plain in self.parts.objects.iter().flatten() {
            let object = Object::from_value(&plain.value);
            let path = plain.file.clone().unwrap_or_else(|| file_name(&object));
            placed.push(Placed { object, path });
        }
        for Placed { object, .. } in &mut placed {
            object.added = self.schemas.find(&object.tree, object.root);
        }
        if let Some(namespace) = namespace {
            for placed in &mut placed {
                placed.object.default_namespace(&namespace);
            }
        }
        placed.sort_by(|a, b| (&a.path, order(a)).cmp(&(&b.path, order(b))));
        placed
    }

    /// Every file with these values for parameters, if nothing is wrong; and what to warn of.
    ///
    /// # Errors
    /// Everything that the engine or the references between objects have against it.
    pub fn manifests(&self, values: &Values) -> Result<(Vec<Manifest>, Vec<Diagnostic>), Refused> {
        let placed = self.objects(values);
        let (errors, warnings) = validate::check(self, &placed);
        if !errors.is_empty() {
            return Err(Refused { diagnostics: errors });
        }
        Ok((self.write(&placed), warnings))
    }

    fn write(&self, placed: &[Placed]) -> Vec<Manifest> {
        let mut manifests: Vec<Manifest> = Vec::new();
        for Placed { object, path } in placed {
            let module = object.declaration.map_or(self.parts.module, |d| d.module);
            if manifests.last().is_none_or(|manifest| manifest.path != *path) {
                let path = path.clone();
                manifests.push(Manifest { path, module: module.to_owned(), text: String::new() });
            }
            if let Some(manifest) = manifests.last_mut() {
                if !manifest.text.is_empty() {
                    manifest.text.push_str("---\n");
                }
                yaml::write_document(
                    &mut manifest.text,
                    &object.tree,
                    object.root,
                    &object.comments,
                );
            }
        }
        manifests
    }

    /// The Pod Security Standards of namespaces that don't say their own.
    pub(crate) fn pod_security(&self) -> Option<PodSecurity> {
        self.parts.pod_security
    }

    /// What the application says of lints.
    pub(crate) fn policy(&self) -> Policy<'_> {
        Policy::of(&self.parts)
    }

    /// The custom kinds that the application's crate defines.
    #[cfg(feature = "cli")]
    pub(crate) fn schemas(&self) -> &Schemas {
        &self.schemas
    }

    pub(crate) fn owns(&self, module: &str) -> bool {
        crate_of(module) == self.crate_name()
    }

    /// `<module path>/<kind>.yaml`, unless the author says another. A module that is named like
    /// the kind isn't repeated: `ingress.rs` holds `ingress.yaml`.
    fn path_of(&self, declaration: &Declaration, object: &Object) -> String {
        if let Some(file) = declaration.file {
            return file.to_owned();
        }
        let inner = declaration.module.strip_prefix(self.parts.module).unwrap_or("");
        let mut folders: Vec<&str> = inner.split("::").filter(|part| !part.is_empty()).collect();
        let file = file_name(object);
        if folders.last().is_some_and(|last| file == format!("{}.yaml", last.replace('_', ""))) {
            folders.pop();
        }
        let folders: String =
            folders.iter().map(|folder| format!("{}/", folder.replace('_', "-"))).collect();
        folders + &file
    }

    /// The source file behind the name that rustc gave it, to read it.
    pub fn source_path(&self, source: &str) -> PathBuf {
        // rustc names sources from where cargo started it: the root of the workspace.
        let manifest_dir = Path::new(self.parts.manifest_dir);
        manifest_dir
            .ancestors()
            .map(|dir| dir.join(source))
            .find(|path| path.is_file())
            .unwrap_or_else(|| PathBuf::from(source))
    }

    /// The application's namespace, where it exists already.
    pub(crate) fn external_namespace(&self) -> Option<&'static str> {
        match self.parts.namespace {
            AppNamespace::External(name) => Some(name),
            _ => None,
        }
    }

    /// The module of `app!`.
    pub fn module(&self) -> &'static str {
        self.parts.module
    }
}

fn crate_of(module: &str) -> &str {
    module.split("::").next().unwrap_or(module)
}

/// The kind as `kubectl` writes it: `statefulset.yaml`.
fn file_name(object: &Object) -> String {
    format!("{}.yaml", object.kind_name().to_ascii_lowercase())
}

/// The order of documents within a file: that of the source.
fn order(placed: &Placed) -> (&'static str, u32, u32, String) {
    let place = placed.object.place();
    let (source, line, column) =
        place.map_or(("", 0, 0), |p| (p.source, p.position.line, p.position.column));
    (source, line, column, placed.object.name().to_owned())
}
