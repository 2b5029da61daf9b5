//! The price list: plans, their add-ons and promo codes, and what can be installed (FACTS §4).

use super::envelope;
use crate::door::call::Call;
use crate::reply::{Answer, Refusal, Reply};
use crate::things::catalogue::{PLANS, Plan};
use crate::things::extras::EXTRAS;
use crate::things::images::{IMAGES, Image};
use crate::things::order::promo::{PROMOS, Promo};
use crate::world::World;

/// `listPlans`
pub(crate) fn list(_world: &mut World, call: &Call) -> Answer {
    envelope::page(call, &PLANS, Plan::json)
}

/// `listPlanAddons`: what they cost with this plan.
pub(crate) fn addons(_world: &mut World, call: &Call) -> Answer {
    let plan = asked(call)?;
    envelope::bare(EXTRAS.iter().map(|extra| extra.json(plan)).collect())
}

/// `listPlanPromoCodes`: a bare array, the same for every plan.
pub(crate) fn promo_codes(_world: &mut World, call: &Call) -> Answer {
    asked(call)?;
    Ok(Reply::json(PROMOS.iter().map(Promo::json).collect()))
}

/// `listServerImages`
pub(crate) fn images(_world: &mut World, _call: &Call) -> Answer {
    envelope::bare(IMAGES.iter().map(Image::json).collect())
}

fn asked(call: &Call) -> Result<&'static Plan, Refusal> {
    Plan::by_id(call.id()?).ok_or(Refusal::NotFound)
}
