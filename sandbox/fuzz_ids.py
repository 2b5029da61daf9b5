"""What scripts/fuzz adds to the requests that schemathesis makes up: ids that exist.

Made-up ids are nearly always unknown, so that most answers would be 404 and little of the sandbox would be seen.
Two of three requests therefore get real ids in their path, and half of those the sample body of the contract with
real ids in it. The rest goes out as it was generated. The world's clock moves on a little with each request, and
now and then the world begins again: without that everything would soon be locked, cancelled or gone.
"""

import copy
import itertools
import json
import os
import random
import urllib.request

import schemathesis

BASE = os.environ["VITOSHA_FUZZ_URL"]
CONTROL = BASE.removesuffix("/v1") + "/_sandbox/"
# Requests between two beginnings of the world, and seconds of its clock between two requests.
ROUND, PACE = 40, 20
DICE = random.Random(115)
EVERY = "per_page=50&filter[status]=active,suspended,terminated,processing"


def get(path):
    request = urllib.request.Request(BASE + path, headers={"Authorization": "Bearer " + os.environ["VITOSHA_FUZZ_TOKEN"]})
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def order(call, body=None):
    """A control of the sandbox, for the world of the token."""
    url = f"{CONTROL}{call}?account={os.environ['VITOSHA_FUZZ_ACCOUNT']}"
    urllib.request.urlopen(urllib.request.Request(url, json.dumps(body or {}).encode(), method="POST")).close()


def rows(path, query="per_page=50"):
    return get(f"{path}?{query}")["data"]


def ids(path, query="per_page=50"):
    return [row["id"] for row in rows(path, query)]


SERVERS = rows("/servers", EVERY)
ADDRESSES = [address for server in SERVERS for address in server["ip_addresses"]]
PROTECTED = [address["id"] for address in ADDRESSES if address["ddos_protected"]]
ATTACKS = [(address, attack) for address in PROTECTED for attack in ids(f"/network-protection/{address}/attacks")]
ADDONS = [(server["id"], addon["id"]) for server in SERVERS for addon in server["addons"]]
OPEN_ORDERS = ids("/orders", "per_page=50&filter[status]=awaiting_payment")
ORDERS = OPEN_ORDERS + ids("/orders", "per_page=3")
SERVICES = [
    (order, service["service_type"], service["service_id"])
    for order in ORDERS
    for service in get(f"/orders/{order}").get("services", [])
]
FILES = [
    (ticket, file["id"])
    for ticket in ids("/support/tickets")
    for message in get(f"/support/tickets/{ticket}")["messages"]
    for file in message["attachments"]
]

# Names of places in a path, and how to fill them together. The first that fits is taken.
PLACES = [
    ("/servers/{server_id}/addons/{server_addon_id}", ("server_id", "server_addon_id"), ADDONS),
    ("/servers/", ("server_id",), [(server["id"],) for server in SERVERS]),
    ("/servers/", ("id",), [(server["id"],) for server in SERVERS]),
    ("/network-protection/", ("id", "attack_id"), ATTACKS),
    ("/network-protection/", ("id",), [(address,) for address in PROTECTED]),
    ("/ip-addresses/", ("id",), [(address["id"],) for address in ADDRESSES]),
    ("/orders/", ("id", "service_type", "service_id"), SERVICES),
    ("/orders/", ("id",), [(order,) for order in ORDERS]),
    ("/support/tickets/", ("id", "attachment_id"), FILES),
    ("/support/tickets/", ("id",), [(ticket,) for ticket in ids("/support/tickets")]),
    ("/invoices/", ("id",), [(invoice,) for invoice in ids("/invoices")]),
    ("/plans/", ("id",), [(plan,) for plan in ids("/plans")]),
    ("/isos/", ("id",), [(iso,) for iso in ids("/isos")]),
    ("/ssh-keys/", ("id",), [(key,) for key in ids("/ssh-keys")]),
    ("/snapshots/", ("id",), [(snapshot,) for snapshot in ids("/snapshots")]),
    ("/backups/", ("id",), [(backup,) for backup in ids("/backups")]),
    ("/measured-boot-images/", ("id",), [(image,) for image in ids("/measured-boot-images")]),
]

# Fields of bodies that are ids. `ids` alone means something else in every family.
FIELDS = {
    "server_id": [server["id"] for server in SERVERS],
    "server_ids": [server["id"] for server in SERVERS],
    "service_id": [server["id"] for server in SERVERS],
    "order_ids": ORDERS,
    "department_id": ids("/support/tickets/departments"),
    "image_id": ids("/server-images"),
    "snapshot_id": ids("/snapshots"),
    "backup_id": ids("/backups"),
    "primary_iso_id": ids("/isos"),
    "secondary_iso_id": ids("/isos"),
    "ssh_keys": ids("/ssh-keys"),
    "ip_id": [address["id"] for address in ADDRESSES],
    "kernel_image_id": ids("/measured-boot-images"),
    "initrd_image_id": ids("/measured-boot-images"),
}
IDS = {"/floating-ips": ids("/floating-ips", EVERY), "/invoices": ids("/invoices")}


def real(path, field, value):
    """The value with real ids in the place of made-up ones."""
    known = FIELDS.get(field) or next((known for start, known in IDS.items() if field == "ids" and path.startswith(start)), None)
    if not known or value is None:
        return value
    if isinstance(value, list):
        return DICE.sample(known, min(len(known), DICE.choice([1, 1, 2])))
    return DICE.choice(known)


def sample(operation):
    """The body the contract shows for an operation."""
    for body in operation.body:
        for example in (body.definition.get("examples") or {}).values():
            reference = example.get("$ref", "")
            found = operation.schema.raw_schema
            for part in reference.removeprefix("#/").split("/") if reference else []:
                found = found[part]
            value = (found if reference else example).get("value")
            if isinstance(value, dict):
                return copy.deepcopy(value)
    return None


SENT = itertools.count(1)


@schemathesis.hook
def before_call(context, case, **kwargs):
    if next(SENT) % ROUND == 0:
        order("reset")
    order("clock", {"advance_seconds": PACE})
    operation = case.operation
    if DICE.random() < 1 / 3:
        return
    wanted = set(case.path_parameters or {})
    for start, names, known in PLACES:
        if wanted == set(names) and known and operation.path.startswith(start.rstrip("/")):
            case.path_parameters = dict(zip(names, DICE.choice(known)))
            break
    if isinstance(case.body, dict):
        body = sample(operation) if DICE.random() < 1 / 2 else None
        body = {field: value for field, value in body.items() if DICE.random() < 0.95} if body else case.body
        case.body = {field: real(operation.path, field, value) for field, value in body.items()}
        if "ip_id" in case.body:
            server = next((known for known in SERVERS if known["id"] == case.path_parameters["id"]), {"ip_addresses": []})
            case.body["ip_id"] = DICE.choice(server["ip_addresses"] or ADDRESSES)["id"]
