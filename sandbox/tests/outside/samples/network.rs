//! Floating IPs, addresses, network protection.

use crate::stage::Stage;
use reqwest::RequestBuilder;
use vpsbg_sandbox::Route;

pub async fn request(_stage: &Stage, _route: &Route) -> Option<RequestBuilder> {
    None
}
