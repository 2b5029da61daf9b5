//! The house: who may know whom (design §1), and what may stand where in the sources.
#![allow(clippy::unwrap_used, missing_docs)]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::LazyLock,
};

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, PackageId};

/// Longest source file, in lines.
const LONGEST_FILE: usize = 450;

static HOUSE: LazyLock<Metadata> = LazyLock::new(|| {
    MetadataCommand::new()
        .manifest_path(root().join("Cargo.toml"))
        .other_options(["--locked".to_owned(), "--offline".to_owned()])
        .exec()
        .unwrap()
});

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap()
}

/// The rooms: names of our own crates.
fn rooms() -> BTreeSet<String> {
    HOUSE.workspace_packages().iter().map(|package| package.name.to_string()).collect()
}

fn id_of(name: &str) -> &'static PackageId {
    let packages = HOUSE.workspace_packages();
    let package = packages.iter().find(|package| package.name.as_str() == name);
    let id = &package.unwrap_or_else(|| panic!("there is no room {name}")).id;
    &HOUSE.packages.iter().find(|package| package.id == *id).unwrap().id
}

/// What a room names in its own `Cargo.toml`.
fn direct(name: &str, kinds: &[DependencyKind]) -> BTreeSet<String> {
    let package = HOUSE.packages.iter().find(|package| package.id == *id_of(name)).unwrap();
    let named = package.dependencies.iter().filter(|dependency| kinds.contains(&dependency.kind));
    named.map(|dependency| dependency.name.clone()).collect()
}

/// Everything that is built for a room, however far away. Tests of a room are its own business, those of others
/// are not built.
fn reached(name: &str, own_tests_too: bool) -> BTreeSet<String> {
    let nodes: BTreeMap<_, _> =
        HOUSE.resolve.as_ref().unwrap().nodes.iter().map(|node| (&node.id, node)).collect();
    let (start, mut seen) = (id_of(name), BTreeSet::new());
    let mut open = vec![start];
    while let Some(id) = open.pop() {
        for dependency in &nodes[id].deps {
            let built = dependency
                .dep_kinds
                .iter()
                .any(|kind| kind.kind != DependencyKind::Development || (own_tests_too && id == start));
            if built && seen.insert(&dependency.pkg) {
                open.push(&dependency.pkg);
            }
        }
    }
    HOUSE
        .packages
        .iter()
        .filter(|package| seen.contains(&package.id))
        .map(|package| package.name.to_string())
        .collect()
}

const BUILT: [DependencyKind; 2] = [DependencyKind::Normal, DependencyKind::Build];
const ALL: [DependencyKind; 3] = [DependencyKind::Normal, DependencyKind::Build, DependencyKind::Development];

#[test]
fn arrows_between_rooms_are_those_of_the_design() {
    let allowed: BTreeMap<&str, &[&str]> = BTreeMap::from([
        ("vpsbg-api", &[][..]),
        ("vpsbg-sandbox", &[]),
        ("gateway", &["vpsbg-api"]),
        ("frontend", &[]),
        ("app", &["gateway", "frontend", "vpsbg-api"]),
        ("server", &["app", "gateway", "vpsbg-sandbox"]),
    ]);
    let rooms = rooms();
    assert_eq!(rooms.iter().map(String::as_str).collect::<BTreeSet<_>>(), allowed.keys().copied().collect());
    for (room, allowed) in allowed {
        for known in direct(room, &BUILT).intersection(&rooms) {
            assert!(allowed.contains(&known.as_str()), "{room} must not know {known}");
        }
    }
}

#[test]
fn the_sandbox_never_reaches_our_models_not_even_in_its_tests() {
    assert!(direct("vpsbg-sandbox", &ALL).is_disjoint(&rooms()));
    let reached = reached("vpsbg-sandbox", true);
    assert!(!reached.contains("vpsbg-api"), "a mistake in our models could hide in our test double");
    assert!(reached.contains("axum"), "the walk finds nothing");
}

#[test]
fn the_contract_knows_nobody() {
    let reached = reached("vpsbg-api", false);
    for stranger in
        ["gateway", "app", "frontend", "server", "vpsbg-sandbox", "sqlx", "leptos", "tower-sessions-core"]
    {
        assert!(!reached.contains(stranger), "vpsbg-api reaches {stranger}");
    }
}

#[test]
fn the_gateway_knows_nothing_of_pages() {
    let reached = reached("gateway", true);
    for stranger in ["app", "frontend", "server", "leptos", "leptos_axum", "ammonia"] {
        assert!(!reached.contains(stranger), "gateway reaches {stranger}");
    }
    assert!(reached.contains("sqlx"), "the walk finds nothing");
}

#[test]
fn pages_speak_neither_http_nor_sql() {
    let named = direct("app", &BUILT);
    for stranger in ["reqwest", "sqlx", "secrecy", "hyper", "tower-sessions", "vpsbg-sandbox"] {
        assert!(!named.contains(stranger), "app names {stranger}");
    }
    let package = HOUSE.packages.iter().find(|package| package.id == *id_of("app")).unwrap();
    let api = package.dependencies.iter().find(|dependency| dependency.name == "vpsbg-api").unwrap();
    assert!(!api.features.iter().any(|feature| feature == "client"), "app has the provider's client");
}

#[test]
fn neither_contract_nor_storage_reaches_web_assembly() {
    let arguments = "tree --locked --offline -p frontend --no-default-features --features hydrate \
                     --target wasm32-unknown-unknown -e normal --prefix none --format {p}";
    let told =
        Command::new(env!("CARGO")).args(arguments.split_whitespace()).current_dir(root()).output().unwrap();
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    let told = String::from_utf8(told.stdout).unwrap();
    let names: BTreeSet<&str> = told.lines().filter_map(|line| line.split(' ').next()).collect();
    assert!(names.contains("leptos") && names.contains("web-sys"), "the tree is not the browser's: {told}");
    for stranger in ["vpsbg-api", "gateway", "app", "reqwest", "sqlx", "tokio", "rust_decimal", "jiff"] {
        assert!(!names.contains(stranger), "{stranger} would travel to every browser");
    }
}

/// All Rust sources of our rooms below one of their folders.
fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for package in HOUSE.workspace_packages() {
        let home = package.manifest_path.parent().unwrap().as_std_path();
        collect(&home.join(folder), &mut found);
    }
    assert!(!found.is_empty());
    let root = root();
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).unwrap();
        (path.strip_prefix(&root).unwrap().to_owned(), text)
    };
    found.into_iter().map(read).collect()
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The lines of a source that are neither comments nor its unit tests, with their numbers. Its tests are a module under
/// `#[cfg(test)]`, up to the brace that closes it; what stands below is read again.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let (mut announced, mut inside) = (false, false);
    text.lines().enumerate().map(|(index, line)| (index + 1, line)).filter(move |(_, line)| {
        if inside {
            inside = *line != "}";
            return false;
        }
        let begins = announced && line.starts_with("mod ");
        announced = *line == "#[cfg(test)]";
        inside = begins && line.ends_with('{');
        !begins && !announced && !line.trim().starts_with("//")
    })
}

#[test]
fn sources_are_read_to_their_end() {
    let text = "//! Head.\n#[cfg(test)]\nmod tests;\nuse one;\n\n#[cfg(test)]\npub use two;\n#[cfg(test)]\nmod more {\n    \
                three\n}\n    // four\nfive";
    let read: Vec<_> = code(text).filter(|(_, line)| !line.is_empty()).collect();
    assert_eq!(read, [(4, "use one;"), (7, "pub use two;"), (13, "five")]);
    // And so in the sources as they are: what stands below a test module is most of this one.
    let (_, list) =
        sources("src").into_iter().find(|(path, _)| path.ends_with("components/list.rs")).unwrap();
    assert!(code(&list).any(|(_, line)| line.contains("pub trait Listing")));
    let tests = |text: &str| code(text).any(|(_, line)| line.trim() == "#[test]");
    for (path, text) in sources("src").iter().filter(|(path, _)| !is_tests(path)) {
        assert!(!tests(text), "{}: tests are read as if they were code", path.display());
    }
}

/// A test module in a file of its own.
fn is_tests(path: &Path) -> bool {
    path.ends_with("tests.rs")
}

/// Where one of the words stands in the code of a room that has to do with pages, outside of the places that may have
/// it. The sandbox and the contract have none to link to.
fn misplaced(words: &[&str], may: impl Fn(&Path) -> bool) -> Vec<String> {
    let rooms = ["app/src", "frontend/src", "gateway/src", "server/src"];
    let all = sources("src");
    for room in rooms {
        assert!(all.iter().any(|(path, _)| path.starts_with(room)), "{room} is not read");
    }
    let mut wrong = Vec::new();
    for (path, text) in &all {
        if is_tests(path) || may(path) || !rooms.iter().any(|room| path.starts_with(room)) {
            continue;
        }
        for (number, line) in code(text) {
            for word in words.iter().filter(|word| line.contains(**word)) {
                wrong.push(format!("{}:{number}: {word}", path.display()));
            }
        }
    }
    wrong
}

#[test]
fn tables_forms_dialogs_and_bars_are_made_by_components() {
    let words = ["<table", "<form", "<dialog", "<progress"];
    let wrong = misplaced(&words, |path| path.starts_with("app/src/components"));
    assert!(wrong.is_empty(), "use the component: {wrong:#?}");
    // The search finds what there is.
    assert!(misplaced(&words, |_| false).len() > words.len());
}

#[test]
fn links_are_made_in_routes() {
    let own = ["app/src/routes.rs", "app/src/shell.rs"];
    let wrong = misplaced(&["href=\"/", "action=\"/", "href=format!(\"/"], |path| {
        own.iter().any(|own| path == Path::new(own))
    });
    assert!(wrong.is_empty(), "make the link in routes.rs: {wrong:#?}");
}

#[test]
fn no_room_has_a_mod_rs() {
    let all = sources("src").into_iter().chain(sources("tests"));
    let found: Vec<_> = all.map(|(path, _)| path).filter(|path| path.ends_with("mod.rs")).collect();
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn nothing_is_unsafe() {
    let openings = ["{", "fn", "impl", "trait", "extern", "("];
    let mut wrong = Vec::new();
    for (path, text) in sources("src").into_iter().chain(sources("tests")) {
        if path.ends_with("server/tests/house.rs") {
            continue;
        }
        for (number, line) in code(&text) {
            let unsafely = line.split("unsafe").skip(1).any(|rest| {
                let rest = rest.trim_start();
                openings.iter().any(|opening| rest.starts_with(opening))
            });
            if unsafely {
                wrong.push(format!("{}:{number}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    assert!(manifest.contains("unsafe_code = \"deny\""));
    for package in HOUSE.workspace_packages() {
        let manifest = fs::read_to_string(&package.manifest_path).unwrap();
        assert!(manifest.contains("[lints]\nworkspace = true"), "{} has lints of its own", package.name);
    }
}

#[test]
fn source_files_stay_small() {
    let long: Vec<_> = sources("src")
        .into_iter()
        .map(|(path, text)| (path, text.lines().count()))
        .filter(|(_, lines)| *lines > LONGEST_FILE)
        .collect();
    assert!(long.is_empty(), "one idea a file, {LONGEST_FILE} lines at most: {long:?}");
}
