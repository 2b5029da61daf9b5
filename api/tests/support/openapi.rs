//! The contract as a tree, and our models by the names of its schemas and operations.
#![allow(dead_code)]

use std::{collections::BTreeSet, fs, path::Path};

use serde_json::{Map, Value};
// The tables name nearly every type of the crate.
#[allow(clippy::wildcard_imports)]
use vpsbg_api::*;

/// Decodes and encodes again; the notes tell what did not fit.
pub type Round = fn(&Value, &mut Notes) -> Result<Value, Misfit>;

fn round<T: Decode + Encode>(value: &Value, notes: &mut Notes) -> Result<Value, Misfit> {
    T::decode(value, notes).map(|decoded| decoded.encode())
}

fn round_of<O: Operation>(value: &Value, notes: &mut Notes) -> Result<Value, Misfit>
where
    O::Answer: Encode,
{
    round::<O::Answer>(value, notes)
}

/// Operations whose answer nobody reads.
fn ignored<O: Operation<Answer = ()>>(value: &Value, notes: &mut Notes) -> Result<Value, Misfit> {
    O::Answer::decode(value, notes).map(|()| Value::Null)
}

pub fn contract() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi.yaml");
    serde_yaml_ng::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// The models, by the schema they are of.
pub const MODELS: &[(&str, Round)] = &[
    ("TwoFactorSecret", round::<TwoFactorSecret>),
    ("Country", round::<Country>),
    ("User", round::<User>),
    ("LastDeposit", round::<LastDeposit>),
    ("UnconfirmedBitcoinDeposit", round::<UnconfirmedDeposit>),
    ("Balance", round::<Balance>),
    ("BalanceTransaction", round::<Transaction>),
    ("Affiliate", round::<Affiliate>),
    ("AffiliateConversion", round::<AffiliateConversion>),
    ("AffiliatePayout", round::<AffiliatePayout>),
    ("Invoice", round::<Invoice>),
    ("TicketAttachment", round::<Attachment>),
    ("TicketMessage", round::<Message>),
    ("Ticket", round::<Ticket>),
    ("TicketSummary", round::<TicketSummary>),
    ("SupportDepartment", round::<Department>),
    ("SupportRelatedService", round::<RelatedService>),
    ("SupportPlan", round::<SupportPlan>),
    ("CancelRequest", round::<CancelRequest>),
    ("SshKeyServer", round::<SshKeyServer>),
    ("SshKey", round::<SshKey>),
    ("Plan", round::<Plan>),
    ("AddonPrice", round::<AddonPrice>),
    ("PromoCode", round::<PromoCode>),
    ("ServerImageGroup", round::<ImageGroup>),
    ("ServerImage", round::<ServerImage>),
    ("Ptr", round::<ReverseNames>),
    ("FloatingIpReference", round::<FloatingIpReference>),
    ("IpAddress", round::<IpAddress>),
    ("CpuUsage", round::<CpuUsage>),
    ("DiskUsage", round::<Usage>),
    ("BandwidthUsage", round::<Usage>),
    ("ServerStatus", round::<ServerStatus>),
    ("ServerStatusEntry", round::<StatusEntry>),
    ("MeasuredBootImage", round::<MeasuredBootImage>),
    ("MeasuredBoot", round::<MeasuredBoot>),
    ("ServerState", round::<ServerState>),
    ("ServerAddon", round::<Addon>),
    ("Server", round::<Server>),
    ("SshKeyRef", round::<SshKeyRef>),
    ("ServerMetricPoint", round::<MetricPoint>),
    ("DailyBandwidth", round::<DailyTraffic>),
    ("ServerBandwidth", round::<Traffic>),
    ("RenewQuote", round::<RenewQuote>),
    ("ScaleQuote", round::<ScaleQuote>),
    ("AddonScaleQuote", round::<AddonScaleQuote>),
    ("Snapshot", round::<Snapshot>),
    ("Backup", round::<Backup>),
    ("FloatingIpPlan", round::<FloatingIpPlan>),
    ("FloatingIp", round::<FloatingIp>),
    ("GeoFilter", round::<GeoFilter>),
    ("NetworkList", round::<NetworkList>),
    ("ProtectedService", round::<ProtectedService>),
    ("ProtectionInfo", round::<Protection>),
    ("ProtectionBandwidthPoint", round::<ProtectionBandwidthPoint>),
    ("BlockedIp", round::<BlockedIp>),
    ("Attack", round::<Attack>),
    ("AttackProtocol", round::<AttackProtocol>),
    ("AttackSourceAsn", round::<AttackSourceAsn>),
    ("AttackSourceIp", round::<AttackSourceIp>),
    ("AttackPorts", round::<AttackPorts>),
    ("AttackDetail", round::<Attack>),
    ("AttackBandwidthPoint", round::<AttackBandwidthPoint>),
    ("OrderPromo", round::<OrderPromo>),
    ("OrderPaymentInformation", round::<PaymentInformation>),
    ("Order", round::<Order>),
    ("OrderService", round::<OrderService>),
    ("OrderDetail", round::<Order>),
    ("Iso", round::<Iso>),
];

/// What reads the answer of each operation that answers with JSON or nothing.
pub const ANSWERS: &[(&str, Round)] = &[
    ("getTwoFactorSecret", round_of::<GetTwoFactorSecret>),
    ("enableTwoFactor", ignored::<EnableTwoFactor>),
    ("disableTwoFactor", ignored::<DisableTwoFactor>),
    ("getUser", round_of::<GetUser>),
    ("updateUser", round_of::<UpdateUser>),
    ("getBalance", round_of::<GetBalance>),
    ("depositFunds", round_of::<DepositFunds>),
    ("listBalanceTransactions", round_of::<ListBalanceTransactions>),
    ("getAffiliate", round_of::<GetAffiliate>),
    ("activateAffiliate", round_of::<ActivateAffiliate>),
    ("updateAffiliate", round_of::<UpdateAffiliate>),
    ("listAffiliateConversions", round_of::<ListAffiliateConversions>),
    ("listAffiliatePayouts", round_of::<ListAffiliatePayouts>),
    ("listInvoices", round_of::<ListInvoices>),
    ("listTickets", round_of::<ListTickets>),
    ("createTicket", round_of::<CreateTicket>),
    ("listSupportDepartments", round_of::<ListDepartments>),
    ("listSupportServices", round_of::<ListServices>),
    ("getTicket", round_of::<GetTicket>),
    ("replyTicket", round_of::<ReplyTicket>),
    ("resolveTicket", ignored::<ResolveTicket>),
    ("listSupportPlans", round_of::<ListSupportPlans>),
    ("purchaseSupportPlan", round_of::<PurchaseSupportPlan>),
    ("renewSupportPlan", round_of::<RenewSupportPlan>),
    ("cancelSupportPlan", ignored::<CancelSupportPlan>),
    ("undoCancelSupportPlan", ignored::<UndoCancelSupportPlan>),
    ("getSshKey", round_of::<GetSshKey>),
    ("updateSshKey", round_of::<UpdateSshKey>),
    ("deleteSshKey", ignored::<DeleteSshKey>),
    ("listSshKeys", round_of::<ListSshKeys>),
    ("createSshKey", round_of::<CreateSshKey>),
    ("listScalePlans", round_of::<ListScalePlans>),
    ("scaleServer", round_of::<ScaleServer>),
    ("calculateScale", round_of::<QuoteScale>),
    ("listServerAddonPrices", round_of::<ListServerAddonPrices>),
    ("purchaseServerAddons", round_of::<PurchaseServerAddons>),
    ("scaleServerAddons", round_of::<ScaleServerAddons>),
    ("calculateServerAddonScale", round_of::<QuoteServerAddonScale>),
    ("cancelServerAddon", ignored::<CancelServerAddon>),
    ("undoCancelServerAddon", ignored::<UndoCancelServerAddon>),
    ("enableRescue", ignored::<EnableRescue>),
    ("disableRescue", ignored::<DisableRescue>),
    ("listPlans", round_of::<ListPlans>),
    ("listServers", round_of::<ListServers>),
    ("deployServer", round_of::<DeployServer>),
    ("listServerStatuses", round_of::<ListServerStatuses>),
    ("getServerStatus", round_of::<GetServerStatus>),
    ("getServer", round_of::<GetServer>),
    ("getServerMetrics", round_of::<GetServerMetrics>),
    ("getServerBandwidth", round_of::<GetServerBandwidth>),
    ("startServer", ignored::<StartServer>),
    ("restartServer", ignored::<RestartServer>),
    ("stopServer", ignored::<StopServer>),
    ("powerOffServer", ignored::<PowerOffServer>),
    ("cancelServer", ignored::<CancelServer>),
    ("undoCancelServer", ignored::<UndoCancelServer>),
    ("changeServerPassword", ignored::<ChangeServerPassword>),
    ("updateServerHostname", round_of::<UpdateServerHostname>),
    ("updateServerSshKeys", round_of::<UpdateServerSshKeys>),
    ("setServerIsos", round_of::<SetServerIsos>),
    ("restoreServer", round_of::<RestoreServer>),
    ("renewServers", round_of::<RenewServers>),
    ("reinstallServer", round_of::<ReinstallServer>),
    ("changePrimaryIp", round_of::<ChangePrimaryIp>),
    ("calculateServersRenew", round_of::<QuoteRenewal>),
    ("listPlanAddons", round_of::<ListPlanAddons>),
    ("listPlanPromoCodes", round_of::<ListPlanPromoCodes>),
    ("listSnapshots", round_of::<ListSnapshots>),
    ("deleteSnapshot", ignored::<DeleteSnapshot>),
    ("listBackups", round_of::<ListBackups>),
    ("deleteBackup", ignored::<DeleteBackup>),
    ("listServerImages", round_of::<ListServerImages>),
    ("listFloatingIps", round_of::<ListFloatingIps>),
    ("purchaseFloatingIps", round_of::<PurchaseFloatingIps>),
    ("listFloatingIpPlans", round_of::<ListFloatingIpPlans>),
    ("attachFloatingIps", round_of::<AttachFloatingIps>),
    ("detachFloatingIps", round_of::<DetachFloatingIps>),
    ("cancelFloatingIps", ignored::<CancelFloatingIps>),
    ("undoCancelFloatingIps", ignored::<UndoCancelFloatingIps>),
    ("updateIpAddress", round_of::<UpdateIpAddress>),
    ("getGeoFilter", round_of::<GetGeoFilter>),
    ("setGeoFilter", round_of::<SetGeoFilter>),
    ("updateGeoFilter", round_of::<UpdateGeoFilter>),
    ("deleteGeoFilter", ignored::<DeleteGeoFilter>),
    ("getWhitelist", round_of::<GetWhitelist>),
    ("setWhitelist", round_of::<SetWhitelist>),
    ("updateWhitelist", round_of::<UpdateWhitelist>),
    ("deleteWhitelist", ignored::<DeleteWhitelist>),
    ("getBlacklist", round_of::<GetBlacklist>),
    ("setBlacklist", round_of::<SetBlacklist>),
    ("updateBlacklist", round_of::<UpdateBlacklist>),
    ("deleteBlacklist", ignored::<DeleteBlacklist>),
    ("getProtection", round_of::<GetProtection>),
    ("getProtectionBandwidth", round_of::<GetProtectionBandwidth>),
    ("listBlockedIps", round_of::<ListBlockedIps>),
    ("listAttacks", round_of::<ListAttacks>),
    ("getAttack", round_of::<GetAttack>),
    ("getAttackBandwidth", round_of::<GetAttackBandwidth>),
    ("listOrders", round_of::<ListOrders>),
    ("getOrder", round_of::<GetOrder>),
    ("updateOrder", round_of::<UpdateOrder>),
    ("deleteOrder", ignored::<DeleteOrder>),
    ("payOrders", round_of::<PayOrders>),
    ("changeOrderRenewalPeriod", ignored::<ChangeRenewalPeriod>),
    ("getIso", round_of::<GetIso>),
    ("deleteIso", ignored::<DeleteIso>),
    ("listIsos", round_of::<ListIsos>),
    ("createIso", round_of::<CreateIso>),
    ("listMeasuredBootImages", round_of::<ListMeasuredBootImages>),
    ("uploadMeasuredBootImage", round_of::<UploadMeasuredBootImage>),
    ("deleteMeasuredBootImage", ignored::<DeleteMeasuredBootImage>),
    ("attachMeasuredBoot", round_of::<AttachMeasuredBoot>),
];

/// One operation of the contract.
pub struct Described {
    pub id: String,
    pub method: String,
    pub path: String,
    /// With every reference replaced by what it refers to.
    pub tree: Value,
}

impl Described {
    /// The contents of its successful answers, by media type.
    fn contents(&self) -> Vec<(String, Value)> {
        let answers = self.tree["responses"].as_object().unwrap().iter();
        let good = answers.filter(|(status, _)| status.starts_with('2'));
        let contents = good.filter_map(|(_, answer)| answer["content"].as_object()).flatten();
        contents.map(|(media, content)| (media.clone(), content.clone())).collect()
    }

    pub fn answers_with_json(&self) -> bool {
        self.contents().iter().any(|(media, _)| media == "application/json")
    }

    pub fn answers_with_a_file(&self) -> bool {
        self.contents().iter().any(|(media, _)| media != "application/json")
    }

    /// The body it takes: media type and schema.
    pub fn body(&self) -> Option<(&str, &Value)> {
        let content = self.tree["requestBody"]["content"].as_object()?;
        content.iter().next().map(|(media, content)| (media.as_str(), content))
    }

    /// The names in its query.
    pub fn query(&self) -> Vec<&str> {
        let all = self.tree["parameters"].as_array().into_iter().flatten();
        let query = all.filter(|parameter| parameter["in"] == "query");
        query.filter_map(|parameter| parameter["name"].as_str()).collect()
    }
}

/// All operations of the contract.
pub fn operations(contract: &Value) -> Vec<Described> {
    let mut all = Vec::new();
    for (path, verbs) in contract["paths"].as_object().unwrap() {
        for method in ["get", "post", "put", "patch", "delete"] {
            if let Some(tree) = verbs.get(method) {
                let mut tree = resolved(contract, tree);
                let shared = resolved(contract, &verbs["parameters"]);
                if let Some(shared) = shared.as_array() {
                    let own = tree["parameters"].as_array().into_iter().flatten();
                    tree["parameters"] = own.chain(shared).cloned().collect();
                }
                let id = tree["operationId"].as_str().unwrap().to_owned();
                all.push(Described { id, method: method.to_uppercase(), path: path.clone(), tree });
            }
        }
    }
    all
}

/// The names of the schemas that requests have.
pub fn requests(contract: &Value) -> BTreeSet<String> {
    let operations = contract["paths"].as_object().unwrap().values().filter_map(Value::as_object).flatten();
    let contents = operations.filter_map(|(_, tree)| tree["requestBody"]["content"].as_object()).flatten();
    let names = contents.filter_map(|(_, content)| content["schema"]["$ref"].as_str());
    names.map(|name| name.rsplit('/').next().unwrap().to_owned()).collect()
}

/// The same tree with every `$ref` replaced by what it refers to.
pub fn resolved(contract: &Value, tree: &Value) -> Value {
    match tree {
        Value::Object(object) => {
            if let Some(reference) = object.get("$ref").and_then(Value::as_str) {
                return resolved(contract, contract.pointer(reference.trim_start_matches('#')).unwrap());
            }
            let entries = object.iter().map(|(key, value)| (key.clone(), resolved(contract, value)));
            Value::Object(entries.collect::<Map<_, _>>())
        }
        Value::Array(list) => list.iter().map(|value| resolved(contract, value)).collect(),
        other => other.clone(),
    }
}

/// The examples of a schema.
pub fn examples_of_schema(contract: &Value, schema: &str) -> Vec<Value> {
    contract["components"]["schemas"][schema]["examples"].as_array().unwrap().clone()
}

/// The examples of an operation's successful JSON answers.
pub fn examples_of_answer(operation: &Described) -> Vec<Value> {
    let json = operation.contents().into_iter().filter(|(media, _)| media == "application/json");
    json.flat_map(|(_, content)| examples_of_content(&content)).collect()
}

/// The examples of a request.
pub fn examples_of_request(operation: &Described) -> Vec<Value> {
    operation.body().map_or_else(Vec::new, |(_, content)| {
        let of_schema = content["schema"]["examples"].as_array().cloned().unwrap_or_default();
        let mut all = examples_of_content(content);
        all.extend(of_schema);
        all
    })
}

/// Examples are written one by one, by name, or with the schema.
fn examples_of_content(content: &Value) -> Vec<Value> {
    let named = content["examples"].as_object().into_iter().flatten();
    let named = named.map(|(_, example)| example["value"].clone());
    content.get("example").cloned().into_iter().chain(named).collect()
}
