//! The country rule of a protected address.

use super::fields::Fields;
use crate::door::call::Call;
use crate::reply::{Answer, Refusal, Reply};
use crate::things::countries;
use crate::things::protection::GeoFilter;
use crate::world::World;

/// Meanings of the list.
const ACTIONS: [&str; 2] = ["allow", "deny"];
/// There are not more countries.
const MOST: usize = 249;

/// `getGeoFilter`
pub(crate) fn show(world: &mut World, call: &Call) -> Answer {
    Ok(Reply::json(filter(world, call)?.json()))
}

/// `setGeoFilter`: the whole rule, which is active at once.
pub(crate) fn set(world: &mut World, call: &Call) -> Answer {
    let filter = filter(world, call)?;
    let mut fields = Fields::of(&call.body);
    fields.required("action");
    let action = fields.word("action", &ACTIONS);
    fields.required("countries");
    let codes = countries(&mut fields, 1);
    fields.finish()?;
    let (Some(action), Some(countries)) = (action, codes) else { return Err(Refusal::NotFound) };
    *filter = GeoFilter { active: true, action, countries };
    Ok(Reply::json(filter.json()))
}

/// `updateGeoFilter`: what is not named stays. A rule without countries cannot be active.
pub(crate) fn update(world: &mut World, call: &Call) -> Answer {
    let filter = filter(world, call)?;
    let mut fields = Fields::of(&call.body);
    let active = fields.boolean("active");
    let action = fields.word("action", &ACTIONS);
    let codes = countries(&mut fields, 0);
    let none_left = codes.as_ref().unwrap_or(&filter.countries).is_empty();
    if none_left && active == Some(true) {
        fields.complaints.add("countries", "The countries field is required when active is true.");
    }
    fields.finish()?;
    filter.action = action.unwrap_or(filter.action);
    filter.countries = codes.unwrap_or_else(|| std::mem::take(&mut filter.countries));
    filter.active = active.unwrap_or(filter.active) && !filter.countries.is_empty();
    Ok(Reply::json(filter.json()))
}

/// `deleteGeoFilter`: everybody may come.
pub(crate) fn delete(world: &mut World, call: &Call) -> Answer {
    *filter(world, call)? = GeoFilter::default();
    Ok(Reply::nothing())
}

fn filter<'world>(world: &'world mut World, call: &Call) -> Result<&'world mut GeoFilter, Refusal> {
    let id = call.id()?;
    world.holdings.protected(id, call.now)?;
    Ok(&mut world.holdings.protection.entry(id).or_default().geo)
}

/// Codes of countries, sorted, none twice.
fn countries(fields: &mut Fields<'_>, least: usize) -> Option<Vec<String>> {
    let list = fields.list("countries", least..=MOST)?;
    let mut codes = Vec::new();
    for (place, value) in list.iter().enumerate() {
        match value.as_str().map(str::to_ascii_uppercase).filter(|code| countries::exists(code)) {
            Some(code) => codes.push(code),
            None => fields.complaints.unknown(&format!("countries.{place}")),
        }
    }
    codes.sort_unstable();
    codes.dedup();
    Some(codes)
}
