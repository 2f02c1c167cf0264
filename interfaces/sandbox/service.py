"""How a bot gets its updates: long polling, or a webhook."""

from collections.abc import Awaitable, Callable
from typing import Final, TypeAlias
from urllib.parse import urlsplit

from interfaces.sandbox.call import Call
from interfaces.sandbox.webhooks import CallMethod, Webhook
from interfaces.sandbox.wire import ApiError, as_list, bad_request, conflict

LONGEST_POLL: Final = 50
BATCH: Final = 100
SECRET_LIMIT: Final = 256

AsyncHandler: TypeAlias = Callable[[Call, CallMethod], Awaitable[object]]


async def get_updates(call: Call, _: CallMethod) -> object:
    if call.bot.webhook is not None:
        raise conflict(
            "can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first"
        )
    _keep_allowed(call)
    limit = min(max(call.number("limit") or BATCH, 1), BATCH)
    timeout = 0 if call.world.is_closed else min(call.number("timeout") or 0, LONGEST_POLL)
    return await call.bot.updates.poll(call.number("offset") or 0, limit, timeout)


def _keep_allowed(call: Call) -> None:
    asked = call.fields.get("allowed_updates")
    if asked is not None:
        call.bot.updates.allowed = [str(each) for each in as_list(asked)]


async def set_webhook(call: Call, call_method: CallMethod) -> object:
    url, secret = call.text("url"), call.text("secret_token")
    if not url:
        return await delete_webhook(call, call_method)
    if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).netloc:
        raise bad_request("bad webhook: invalid webhook URL specified")
    plain = secret.replace("_", "a").replace("-", "a")
    if secret and not (plain.isascii() and plain.isalnum() and len(secret) <= SECRET_LIMIT):
        raise bad_request("secret token contains unallowed characters")
    await _stop(call)
    _drop_pending(call)
    _keep_allowed(call)
    webhook = Webhook(
        url,
        call.bot.updates,
        call_method,
        secret,
        max_connections=min(max(call.number("max_connections") or 40, 1), 100_000),
        ip_address=call.text("ip_address") or None,
        pace=call.world.pace,
    )
    call.bot.webhook = webhook
    webhook.start()
    return True


async def delete_webhook(call: Call, _: CallMethod) -> object:
    await _stop(call)
    _drop_pending(call)
    return True


async def _stop(call: Call) -> None:
    webhook, call.bot.webhook = call.bot.webhook, None
    if webhook is not None:
        await webhook.stop()


def _drop_pending(call: Call) -> None:
    if call.flag("drop_pending_updates"):
        call.bot.updates.pending.clear()


async def get_webhook_info(call: Call, _: CallMethod) -> object:
    if call.bot.webhook is not None:
        return call.bot.webhook.as_json()
    updates = call.bot.updates
    return {
        "url": "",
        "has_custom_certificate": False,
        "pending_update_count": len(updates.pending),
        **({"allowed_updates": updates.allowed} if updates.allowed else {}),
    }


async def log_out(call: Call, _: CallMethod) -> object:
    if call.bot.logged_out:
        raise ApiError(400, "Logged out")
    call.bot.logged_out = True
    await _stop(call)
    return True


async def close(call: Call, _: CallMethod) -> object:
    await _stop(call)
    return True


SERVICE: dict[str, AsyncHandler] = {
    "getupdates": get_updates,
    "setwebhook": set_webhook,
    "deletewebhook": delete_webhook,
    "getwebhookinfo": get_webhook_info,
    "logout": log_out,
    "close": close,
}
