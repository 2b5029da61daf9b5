//! Addresses and orders of a list, on a small one.

use super::{
    List, ListColumn, ListQuery, Search,
    filter::Filter,
    paged::{narrowed, needs_all, page_of, whole},
};
use crate::components::{frame::Section, list::Shown};

#[derive(Debug, Clone, PartialEq, Eq)]
struct Tree {
    name: &'static str,
    height: u32,
}

fn list() -> List<Tree> {
    use leptos::prelude::IntoAny;
    List {
        name: "trees",
        path: "/trees",
        section: Section::Elsewhere,
        title: "Trees",
        unit: "tree",
        search: Some(Search::Ours("Name")),
        columns: vec![
            ListColumn::<Tree>::new("name", "Name", |tree| tree.name.into_any(), |tree| tree.name.to_owned())
                .naming()
                .ordered(|one, other| one.name.cmp(other.name)),
            ListColumn::<Tree>::new(
                "height",
                "Height",
                |tree| tree.height.to_string().into_any(),
                |tree| tree.height.to_string(),
            )
            .ordered_by_provider(),
            ListColumn::<Tree>::new("age", "Age", |_| "".into_any(), |_| String::new()).on_demand(),
        ],
        filters: vec![
            Filter::<Tree>::chips("kind", "Kind", &[("", "All"), ("tall", "Tall")])
                .by(|tree, _| tree.height > 10),
            Filter::<Tree>::text("where", "Where", "north"),
        ],
        sizes: &[20, 50],
        selection: None,
        menu: None,
        id_of_row: |tree| tree.name.to_owned(),
        check: |_| Ok(()),
    }
}

fn read(address: &str) -> ListQuery {
    ListQuery::read(&list(), address).unwrap()
}

#[test]
fn an_address_is_read_as_it_was_written() {
    let address = "/trees?q=a+%26+b&kind=tall&where=north&sort=-height&per_page=20&column=name&column=age&density=compact&page=3";
    let query = read(address);
    assert_eq!(query.at_page(3), address);
    assert!(query.narrows() && query.compact);
    assert_eq!(query.filter("where"), "north");
    assert_eq!(query.columns, ["name", "age"]);
    assert!(!query.kept().contains("page=3") && query.kept().starts_with("q=a+%26+b&kind=tall"));
}

#[test]
fn nonsense_is_as_if_it_were_not_there_but_what_would_look_like_an_answer_is_said() {
    let query = read("/trees?sort=age&sort=nothing&per_page=9000&column=colour&density=x&where=");
    assert_eq!(query.at_page(1), "/trees");
    assert!(!query.narrows());
    for bad in ["0", "-1", "x", "99999999999"] {
        assert!(ListQuery::read(&list(), &format!("/trees?page={bad}")).is_err(), "{bad}");
    }
    let small = ListQuery::read(&list(), "/trees?kind=small").unwrap_err();
    assert_eq!(small, "“small” is none of the choices for “Kind”.");
}

#[test]
fn the_naming_column_cannot_be_left_out() {
    let list = list();
    let shown = |address: &str| -> Vec<&str> {
        ListQuery::read(&list, address).unwrap().shown(&list).iter().map(|column| column.key).collect()
    };
    assert_eq!(shown("/trees"), ["name", "height"]);
    assert_eq!(shown("/trees?column=age"), ["name", "age"]);
    assert_eq!(shown("/trees?column=name"), ["name"]);
}

#[test]
fn a_column_turns_around_and_filters_go_back_to_the_first_page() {
    let query = read("/trees?page=4");
    let (ascending, order) = query.sorted_by("height");
    assert_eq!((ascending.as_str(), order), ("/trees?sort=height", None));
    let (descending, order) = read(&ascending).sorted_by("height");
    assert_eq!((descending.as_str(), order), ("/trees?sort=-height", Some("ascending")));
    assert_eq!(query.filtered("kind", "tall"), "/trees?kind=tall");
    assert_eq!(read("/trees?kind=tall&q=x").filtered("kind", ""), "/trees?q=x");
    assert_eq!(read("/trees?kind=tall&q=x&sort=name").widened(), "/trees?sort=name");
    assert_eq!(query.file(true), "/trees.csv?only=page&page=4");
    assert_eq!(query.file(false), "/trees.csv");
}

#[test]
fn only_what_the_provider_cannot_do_needs_all_rows() {
    for (address, needs) in [
        ("/trees", false),
        ("/trees?sort=height", false),
        ("/trees?where=north", false),
        ("/trees?sort=name", true),
        ("/trees?kind=tall", true),
        ("/trees?q=oak", true),
    ] {
        assert_eq!(needs_all(&list(), &read(address)), needs, "{address}");
    }
}

#[test]
fn all_rows_are_searched_filtered_ordered_and_then_cut_into_pages() {
    let trees = [("Oak", 30), ("ash", 20), ("Bonsai", 1), ("Oakling", 2)];
    let trees = || trees.iter().map(|(name, height)| Tree { name, height: *height }).collect::<Vec<_>>();
    let names = |address: &str| -> Vec<&'static str> {
        narrowed(&list(), &read(address), trees()).iter().map(|tree| tree.name).collect()
    };
    assert_eq!(names("/trees?q=OAK"), ["Oak", "Oakling"]);
    assert_eq!(names("/trees?kind=tall"), ["Oak", "ash"]);
    assert_eq!(names("/trees?sort=-name"), ["ash", "Oakling", "Oak", "Bonsai"]);
    let page = |page: u64| {
        let query = ListQuery { page, per_page: Some(3), ..read("/trees") };
        match page_of(Shown::Rows(gateway::Reading::now(whole(trees(), 0))), &query) {
            Shown::Rows(reading) => reading.value.as_ref().clone(),
            Shown::NotOffered(why) => panic!("{why}"),
        }
    };
    assert_eq!((page(1).rows.len(), page(2).rows.len(), page(3).rows.len()), (3, 1, 0));
    assert_eq!(page(2).place.last, Some(2));
}

#[test]
fn the_lists_of_the_product_name_their_columns_once() {
    for keys in [
        crate::servers::columns().iter().map(|column| column.key).collect::<Vec<_>>(),
        crate::activity::columns().iter().map(|column| column.key).collect(),
    ] {
        let mut once = keys.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), keys.len(), "{keys:?}");
    }
}
