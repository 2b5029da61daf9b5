//! What a person is asked before an operation, by what it does (`Operation::effects`): what only changes is asked
//! plainly, what interrupts names the consequence, what destroys has its name typed. One value makes the dialog
//! and checks what comes back.

use vpsbg_api::{Effects, Operation};

use super::{Kind, Refusal, Rule};

/// The name that is typed to confirm.
pub const NAME: Rule = Rule::new(Kind::Line, "name", "Name").required("Type its name.");

/// What is asked before an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirmation {
    effects: Effects,
    object: String,
    /// What will happen, in words.
    pub consequence: String,
}

impl Confirmation {
    /// Before `operation`, done to what is called `object`.
    pub fn of<O: Operation>(operation: &O, object: &str, consequence: impl Into<String>) -> Self {
        Self { effects: operation.effects(), object: object.to_owned(), consequence: consequence.into() }
    }

    /// True when somebody will miss something: the button says so by its colour, too.
    pub fn hurts(&self) -> bool {
        [Effects::INTERRUPTS, Effects::DESTROYS].into_iter().any(|effect| self.effects.contain(effect))
    }

    /// The name that must be typed, if one must.
    pub fn name_to_type(&self) -> Option<&str> {
        self.effects.contain(Effects::DESTROYS).then_some(&self.object)
    }

    /// Whether the name that was typed confirms it.
    ///
    /// # Errors
    /// What is wrong, at the field of the name.
    pub fn check(&self, typed: &str) -> Result<(), Refusal> {
        let Some(name) = self.name_to_type() else { return Ok(()) };
        let typed = NAME.check(typed).map_err(|problem| Refusal::field(NAME.name, problem))?;
        // A page shows several spaces as one, and so they are typed.
        if typed.split_whitespace().eq(name.split_whitespace()) {
            Ok(())
        } else {
            Err(Refusal::field(NAME.name, "That is not its name."))
        }
    }
}

#[cfg(test)]
mod tests {
    use vpsbg_api::{DeleteIso, RestartServer, StartServer};

    use super::*;

    #[test]
    fn what_is_asked_follows_from_what_is_done() {
        let server = "7".parse().unwrap();
        let plain = Confirmation::of(&StartServer { id: server }, "web-1", "It will start.");
        assert!(!plain.hurts() && plain.name_to_type().is_none() && plain.check("").is_ok());
        let interrupts = Confirmation::of(&RestartServer { id: server }, "web-1", "It will be offline.");
        assert!(interrupts.hurts() && interrupts.name_to_type().is_none() && interrupts.check("").is_ok());
        let destroys = Confirmation::of(&DeleteIso { id: "12".parse().unwrap() }, "a  b.iso", "It is gone.");
        assert!(destroys.hurts());
        assert_eq!(destroys.name_to_type(), Some("a  b.iso"));
    }

    #[test]
    fn only_its_name_confirms_what_destroys() {
        let asks = Confirmation::of(&DeleteIso { id: "12".parse().unwrap() }, "a  b.iso", "It is gone.");
        for good in ["a  b.iso", " a b.iso "] {
            assert!(asks.check(good).is_ok(), "{good}");
        }
        for bad in ["", " ", "b.iso", "A b.iso", "ab.iso", "a b.iso x"] {
            assert!(asks.check(bad).is_err(), "{bad}");
        }
    }
}
