//! Two-factor login: a secret, a proof, and off again.

use super::fields::Fields;
use crate::door::call::Call;
use crate::reply::{Answer, Complaints, Refusal, Reply};
use crate::things::two_factor::fits;
use crate::world::World;
use http::StatusCode;
use serde_json::{Value, json};

/// `getTwoFactorSecret`: a GET, and yet every call makes a new secret.
pub(crate) fn secret(world: &mut World, _call: &Call) -> Answer {
    let user = &mut world.holdings.user;
    let secret = user.two_factor.offer().map_err(|_| Refusal::Failing(StatusCode::INTERNAL_SERVER_ERROR))?;
    let address = format!(
        "otpauth://totp/VPSBG:{}?secret={secret}&issuer=VPSBG&algorithm=SHA1&digits=6&period=30",
        user.email
    );
    Ok(Reply::json(json!({"secret_key": secret, "otp_auth_url": address})))
}

/// `enableTwoFactor`: the secret must come from here, the code from the secret.
pub(crate) fn enable(world: &mut World, call: &Call) -> Answer {
    let mut fields = Fields::of(&call.body);
    fields.required("otp");
    let code = code(&mut fields);
    fields.required("secret_key");
    let secret = fields.text("secret_key", 255);
    let state = &mut world.holdings.user.two_factor;
    if let Some(secret) = secret {
        if !state.was_offered(secret) {
            fields.complaints.unknown("secret_key");
        } else if code.as_ref().is_some_and(|code| !fits(secret, code, call.now)) {
            wrong(&mut fields);
        }
    }
    fields.finish()?;
    if state.is_on() {
        return Err(Complaints::only("otp", "Two-factor authentication is enabled already."));
    }
    state.switch_on(secret.unwrap_or_default());
    Ok(Reply::nothing())
}

/// `disableTwoFactor`
pub(crate) fn disable(world: &mut World, call: &Call) -> Answer {
    let mut fields = Fields::of(&call.body);
    fields.required("otp");
    let code = code(&mut fields);
    let state = &mut world.holdings.user.two_factor;
    if state.is_on() && code.as_ref().is_some_and(|code| !state.proves(code, call.now)) {
        wrong(&mut fields);
    }
    fields.finish()?;
    if !state.is_on() {
        return Err(Complaints::only("otp", "Two-factor authentication is not enabled."));
    }
    state.switch_off();
    Ok(Reply::nothing())
}

/// Six digits, as a number or a text. A number has lost its leading zeros and is refused (FACTS §5.16), so
/// that a client that sends one notices.
fn code(fields: &mut Fields<'_>) -> Option<String> {
    let code = match fields.sent("otp")? {
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.trim().to_owned(),
        _ => String::new(),
    };
    if code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(code);
    }
    fields.complaints.add("otp", "The otp field must be 6 digits.");
    None
}

fn wrong(fields: &mut Fields<'_>) {
    fields.complaints.add("otp", "The one-time code is not correct.");
}
