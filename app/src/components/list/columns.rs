//! The columns of a list: how a row looks in it, what a file says of it, and whether rows can be ordered by it.

use std::cmp::Ordering;

use leptos::prelude::*;

/// Who puts rows in order.
pub enum Order<R> {
    /// The provider, by this column's key.
    Provider,
    /// We, over all rows, where they are few enough.
    Ours(fn(&R, &R) -> Ordering),
}

impl<R> Clone for Order<R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R> Copy for Order<R> {}

/// Whether a column is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Appears {
    Always,
    Usually,
    OnDemand,
}

/// A column of a list.
pub struct ListColumn<R: 'static> {
    /// Its word in addresses.
    pub key: &'static str,
    /// Its head.
    pub head: &'static str,
    /// Numbers stand to the right.
    pub number: bool,
    /// Long text that may be broken.
    pub wide: bool,
    /// A few words that may stand below each other.
    pub wraps: bool,
    /// If rows can be ordered by it: by whom.
    pub order: Option<Order<R>>,
    /// How a row looks in it.
    pub cell: fn(&R) -> AnyView,
    /// What a file says: whole, without units where the head names them.
    pub text: fn(&R) -> String,
    /// What the cell says besides, for who searches by what they see.
    pub also: Option<fn(&R) -> String>,
    appears: Appears,
}

impl<R> ListColumn<R> {
    /// A column that is shown unless somebody leaves it out.
    pub fn new(
        key: &'static str,
        head: &'static str,
        cell: fn(&R) -> AnyView,
        text: fn(&R) -> String,
    ) -> Self {
        let appears = Appears::Usually;
        Self {
            key,
            head,
            number: false,
            wide: false,
            wraps: false,
            order: None,
            cell,
            text,
            also: None,
            appears,
        }
    }

    /// It names the row: always there.
    #[must_use]
    pub fn naming(self) -> Self {
        Self { appears: Appears::Always, ..self }
    }

    /// Shown only to who asks for it.
    #[must_use]
    pub fn on_demand(self) -> Self {
        Self { appears: Appears::OnDemand, ..self }
    }

    /// Its cells say something else than a file does, and are found by that too: days.
    #[must_use]
    pub fn said_as(self, words: fn(&R) -> String) -> Self {
        Self { also: Some(words), ..self }
    }

    /// Its cells are numbers.
    #[must_use]
    pub fn numbers(self) -> Self {
        Self { number: true, ..self }
    }

    /// Its cells are long texts.
    #[must_use]
    pub fn wide(self) -> Self {
        Self { wide: true, ..self }
    }

    /// Its cells are a few words that may stand below each other.
    #[must_use]
    pub fn wraps(self) -> Self {
        Self { wraps: true, ..self }
    }

    /// The provider orders by it.
    #[must_use]
    pub fn ordered_by_provider(self) -> Self {
        Self { order: Some(Order::Provider), ..self }
    }

    /// We order by it.
    #[must_use]
    pub fn ordered(self, by: fn(&R, &R) -> Ordering) -> Self {
        Self { order: Some(Order::Ours(by)), ..self }
    }

    /// True when it cannot be left out.
    pub fn is_naming(&self) -> bool {
        self.appears == Appears::Always
    }

    /// Whether it is shown to who chose nothing.
    pub fn is_usual(&self) -> bool {
        self.appears != Appears::OnDemand
    }
}
