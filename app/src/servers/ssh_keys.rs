//! The SSH keys of the account, to choose from for a server. What a server carries can always be chosen, also when
//! the account's keys cannot be read: a form that loses them would take them away.

use gateway::{Account, Draft, Error, Gathered, Gathering, MOST_GATHERED, Reading};
use leptos::prelude::*;
use vpsbg_api::{ListSshKeys, SshKey, SshKeyId, SshKeyRef};

use crate::{
    components::{
        form::{Choosable, SomeOf},
        notice::{notice, staleness_of, trouble},
    },
    forms::{Kind, Refusal, Rule, Typed},
};

/// The boxes.
pub const KEYS: Rule = Rule::new(Kind::Choice, "key", "SSH keys");

/// Keys that one form takes at most: a form has no room for more fields, and what is cut off would be taken away.
const MOST: usize = 250;

/// The keys of the account, as far as they could be read.
pub struct StoredKeys(Result<Gathering<SshKey>, Error>);

impl StoredKeys {
    /// Reads them.
    pub async fn read(account: &Account) -> Self {
        Self(account.gather(|page| ListSshKeys { page }).await)
    }

    /// The reading, for what waits for it. None: there are more than are gathered.
    pub fn part(&self) -> Option<Result<&Reading<Gathered<SshKey>>, &Error>> {
        match &self.0 {
            Ok(Gathering::All(reading)) => Some(Ok(reading)),
            Ok(Gathering::TooMany(_)) => None,
            Err(error) => Some(Err(error)),
        }
    }

    /// The keys; none if they could not be read.
    pub fn keys(&self) -> &[SshKey] {
        match self.part() {
            Some(Ok(reading)) => &reading.value.rows,
            _ => &[],
        }
    }

    /// True when these are all keys of the account.
    pub fn are_all(&self) -> bool {
        matches!(self.part(), Some(Ok(_)))
    }

    /// What is to be said about the reading.
    pub fn note(&self) -> Option<AnyView> {
        match self.part() {
            Some(Ok(reading)) => staleness_of(reading, "the account's SSH keys"),
            Some(Err(error)) => Some(trouble(error, "the account's SSH keys")),
            None => {
                let words =
                    format!("The account has more than {MOST_GATHERED} SSH keys: they are not listed here.");
                Some(notice("warning", view! { <p>{words}</p> }))
            }
        }
    }

    /// Whether there is a box for each key that the server may carry: only then does an empty box say anything. Where the
    /// keys could not be read and the server names none, nobody knows what it carries.
    pub fn can_be_chosen(&self, carried: &[SshKeyRef]) -> bool {
        self.are_all() || !carried.is_empty()
    }

    /// A box for each key: those of the account, and those that a server carries already.
    pub fn boxes(&self, carried: &[SshKeyRef], hint: &'static str, draft: Draft) -> AnyView {
        let stored = self.keys();
        let others = carried.iter().filter(|key| stored.iter().all(|known| known.id != key.id));
        let options: Vec<_> = stored
            .iter()
            .map(|key| {
                let option = Choosable::new(key.id, name(key.id, key.name.as_deref()));
                match &key.fingerprint {
                    Some(fingerprint) => option.hint(fingerprint.clone()),
                    None => option,
                }
            })
            .chain(others.map(|key| Choosable::new(key.id, name(key.id, key.name.as_deref()))))
            .collect();
        let boxes = if options.is_empty() {
            self.are_all()
                .then(|| view! { <p class="hint">"The account has no SSH keys yet."</p> }.into_any())
        } else {
            Some(view! { <SomeOf rule=KEYS options=options hint=hint draft=draft /> }.into_any())
        };
        view! { {self.note()} {boxes} }.into_any()
    }
}

/// What a key is called.
pub fn name(id: SshKeyId, name: Option<&str>) -> String {
    name.map_or_else(|| format!("SSH key {id}"), str::to_owned)
}

/// The field of a key's box.
pub fn field(id: SshKeyId) -> String {
    format!("{}-{id}", KEYS.name)
}

/// The keys that were chosen; what is none is noted.
pub fn chosen(typed: &Typed, refusal: &mut Refusal) -> Vec<SshKeyId> {
    let mut keys = Vec::new();
    for value in typed.chosen(KEYS.name) {
        match value.parse() {
            Ok(key) => keys.push(key),
            Err(_) => refusal.add(KEYS.name, "Choose keys of the list."),
        }
    }
    if keys.len() > MOST {
        refusal.add(KEYS.name, format!("Choose at most {MOST} keys."));
    }
    keys
}
