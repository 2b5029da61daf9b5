//! The contract as a tree, and our models by the names of its schemas and operations.

use std::{fs, path::Path};

use serde_json::{Map, Value};
use vpsbg_api::{
    Addon, Attachment, Balance, CancelRequest, Country, CpuUsage, CreateIso, CreateTicket, Decode, DeleteIso,
    Department, Encode, GetBalance, GetIso, GetServer, GetServerMetrics, GetServerStatus, GetTicket, GetUser,
    ImageGroup, Invoice, IpAddress, Iso, LastDeposit, ListDepartments, ListInvoices, ListIsos,
    ListServerStatuses, ListServers, ListServices, ListTickets, Message, MetricPoint, Misfit, Notes,
    Operation, Plan, PowerOffServer, QuoteRenewal, RelatedService, ReplyTicket, ResolveTicket, RestartServer,
    ReverseNames, Server, ServerImage, ServerState, ServerStatus, StartServer, StatusEntry, StopServer,
    Ticket, TicketSummary, Usage, User,
};

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
    ("Country", round::<Country>),
    ("User", round::<User>),
    ("LastDeposit", round::<LastDeposit>),
    ("Balance", round::<Balance>),
    ("Invoice", round::<Invoice>),
    ("TicketAttachment", round::<Attachment>),
    ("TicketMessage", round::<Message>),
    ("Ticket", round::<Ticket>),
    ("TicketSummary", round::<TicketSummary>),
    ("SupportDepartment", round::<Department>),
    ("SupportRelatedService", round::<RelatedService>),
    ("CancelRequest", round::<CancelRequest>),
    ("Plan", round::<Plan>),
    ("ServerImageGroup", round::<ImageGroup>),
    ("ServerImage", round::<ServerImage>),
    ("Ptr", round::<ReverseNames>),
    ("IpAddress", round::<IpAddress>),
    ("CpuUsage", round::<CpuUsage>),
    ("DiskUsage", round::<Usage>),
    ("BandwidthUsage", round::<Usage>),
    ("ServerStatus", round::<ServerStatus>),
    ("ServerStatusEntry", round::<StatusEntry>),
    ("ServerState", round::<ServerState>),
    ("ServerAddon", round::<Addon>),
    ("Server", round::<Server>),
    ("ServerMetricPoint", round::<MetricPoint>),
    ("Iso", round::<Iso>),
];

/// What reads the answer of each operation that answers with JSON or nothing.
pub const ANSWERS: &[(&str, Round)] = &[
    ("getUser", round_of::<GetUser>),
    ("getBalance", round_of::<GetBalance>),
    ("listInvoices", round_of::<ListInvoices>),
    ("listTickets", round_of::<ListTickets>),
    ("createTicket", round_of::<CreateTicket>),
    ("listSupportDepartments", round_of::<ListDepartments>),
    ("listSupportServices", round_of::<ListServices>),
    ("getTicket", round_of::<GetTicket>),
    ("replyTicket", round_of::<ReplyTicket>),
    ("resolveTicket", ignored::<ResolveTicket>),
    ("listServers", round_of::<ListServers>),
    ("listServerStatuses", round_of::<ListServerStatuses>),
    ("getServer", round_of::<GetServer>),
    ("getServerStatus", round_of::<GetServerStatus>),
    ("getServerMetrics", round_of::<GetServerMetrics>),
    ("startServer", ignored::<StartServer>),
    ("restartServer", ignored::<RestartServer>),
    ("stopServer", ignored::<StopServer>),
    ("powerOffServer", ignored::<PowerOffServer>),
    ("calculateServersRenew", ignored::<QuoteRenewal>),
    ("getIso", round_of::<GetIso>),
    ("deleteIso", ignored::<DeleteIso>),
    ("listIsos", round_of::<ListIsos>),
    ("createIso", round_of::<CreateIso>),
];

/// One operation of the contract.
pub struct Described {
    pub id: String,
    pub method: String,
    pub path: String,
    pub tree: Value,
}

/// All operations of the contract.
pub fn operations(contract: &Value) -> Vec<Described> {
    let mut all = Vec::new();
    for (path, verbs) in contract["paths"].as_object().unwrap() {
        for method in ["get", "post", "put", "patch", "delete"] {
            if let Some(tree) = verbs.get(method) {
                let id = tree["operationId"].as_str().unwrap().to_owned();
                let method = method.to_uppercase();
                all.push(Described { id, method, path: path.clone(), tree: tree.clone() });
            }
        }
    }
    all
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
pub fn examples_of_answer(contract: &Value, operation: &Described) -> Vec<Value> {
    let mut found = Vec::new();
    for (status, answer) in operation.tree["responses"].as_object().unwrap() {
        let examples = &answer["content"]["application/json"]["examples"];
        if status.starts_with('2') && examples.is_object() {
            let examples = resolved(contract, examples);
            found.extend(examples.as_object().unwrap().values().map(|example| example["value"].clone()));
        }
    }
    found
}
