//! The gallery is whole: each component has its place here, and each kind is among the pages that the tests open.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use super::GROUPS;

/// Components that stand nowhere here by themselves, and why.
const ELSEWHERE: [(&str, &str); 6] = [
    ("BrandMark", "a part of the top bar, which is shown"),
    ("FindForm", "a part of the top bar, which is shown"),
    ("Hidden", "there is nothing to see"),
    ("KeptFields", "there is nothing to see"),
    ("ListPage", "a whole page: its tools and rows are shown"),
    ("Palette", "closed until scripts open it: what they open is shown"),
];

fn sources(folder: &str) -> Vec<String> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(folder)];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(fs::read_to_string(path).unwrap());
            }
        }
    }
    found
}

/// The names after a word, wherever it stands.
fn names_after<'text>(texts: &'text [String], word: &str) -> BTreeSet<&'text str> {
    let name = |rest: &'text str| {
        let end = rest.find(|letter: char| !letter.is_alphanumeric()).unwrap_or(rest.len());
        &rest[..end]
    };
    texts.iter().flat_map(|text| text.split(word).skip(1).map(name)).collect()
}

#[test]
fn every_component_is_shown() {
    let (components, gallery) = (sources("components"), sources("gallery"));
    let all = names_after(&components, "#[component]\npub fn ");
    assert!(all.len() > 30, "the sources were not read: {all:?}");
    let shown = names_after(&gallery, "<");
    let excused: BTreeSet<&str> = ELSEWHERE.iter().map(|(name, _)| *name).collect();
    let missing: Vec<_> = all.difference(&shown).filter(|name| !excused.contains(**name)).collect();
    assert!(missing.is_empty(), "not in the gallery: {missing:?}");
    let needless: Vec<_> =
        excused.iter().filter(|name| shown.contains(*name) || !all.contains(*name)).collect();
    assert!(needless.is_empty(), "shown, or no component: {needless:?}");
}

#[test]
fn every_place_is_there_once() {
    let mut ids: Vec<&str> =
        GROUPS.iter().flat_map(|group| group.specimens).map(|specimen| specimen.id).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "two specimens have one place");
}

#[test]
fn every_kind_is_among_the_pages_that_tests_open() {
    let table = concat!(env!("CARGO_MANIFEST_DIR"), "/../end2end/support/pages.json");
    let table: serde_json::Value = serde_json::from_str(&fs::read_to_string(table).unwrap()).unwrap();
    let opened: Vec<&str> = table
        .as_array()
        .unwrap()
        .iter()
        .filter(|page| page["route"] == "/gallery/{kind}")
        .filter_map(|page| page["id"].as_str())
        .collect();
    assert_eq!(opened, GROUPS.map(|group| group.id));
}
